using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class PostRevisionConfiguration : IEntityTypeConfiguration<PostRevision>
{
    public void Configure(EntityTypeBuilder<PostRevision> builder)
    {
        builder.Property(revision => revision.Title).HasMaxLength(PostLimits.TitleMax);
        builder.Property(revision => revision.Text).HasMaxLength(PostLimits.TextColumn);
        // The history of a post; two racing edits cannot store the same version twice.
        builder.HasIndex(revision => new { revision.PostId, revision.Version }).IsUnique();
        builder.HasOne(revision => revision.Post).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
