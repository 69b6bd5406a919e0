using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class CommentRevisionConfiguration : IEntityTypeConfiguration<CommentRevision>
{
    public void Configure(EntityTypeBuilder<CommentRevision> builder)
    {
        builder.Property(revision => revision.Text).HasMaxLength(CommentLimits.TextMax);
        // The history of a comment.
        builder.HasIndex(revision => new { revision.CommentId, revision.Version }).IsUnique();
        builder.HasOne(revision => revision.Comment).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
