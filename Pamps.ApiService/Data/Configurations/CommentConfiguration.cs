using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.Property(comment => comment.AuthorName).HasMaxLength(CommentLimits.AuthorNameMax);
        builder.Property(comment => comment.AuthorEmail).HasMaxLength(AccountLimits.EmailMax);
        builder.Property(comment => comment.Text).HasMaxLength(CommentLimits.TextMax);
        // A thread, oldest or newest first, and its count.
        builder.HasIndex(comment => new { comment.ThreadId, comment.Id });
        // What waits for a moderator.
        builder.HasIndex(comment => comment.Id).HasFilter("approved_at is null and deleted_at is null").HasDatabaseName("ix_comments_pending");
        // The purge of deleted texts.
        builder.HasIndex(comment => comment.DeletedAt).HasFilter("deleted_at is not null");
        builder.HasOne(comment => comment.Thread).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(comment => comment.Author).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(comment => comment.Parent).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
