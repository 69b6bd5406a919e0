using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class PostConfiguration : IEntityTypeConfiguration<Post>
{
    public void Configure(EntityTypeBuilder<Post> builder)
    {
        builder.Property(post => post.Title).HasMaxLength(PostLimits.TitleMax);
        builder.Property(post => post.Text).HasMaxLength(PostLimits.TextColumn);
        builder.Property(post => post.Lang).HasMaxLength(10);
        // Feeds of an account, own posts in the home feed, rebuild of a home feed.
        builder.HasIndex(post => new { post.AuthorId, post.Id }).IsDescending(false, true);
        // Home feeds below their window: the newest posts that start a thread of each of many authors, from the index alone.
        builder.HasIndex(post => new { post.AuthorId, post.Id }, "ix_posts_home").IsDescending(false, true)
            .HasFilter("parent_id is null and published and deleted_at is null and hidden_at is null");
        // Replies of a post, oldest first.
        builder.HasIndex(post => new { post.ParentId, post.Id });
        // The whole of a thread in one range.
        builder.HasIndex(post => new { post.RootId, post.Id });
        // The public feed: newest posts that start a thread.
        builder.HasIndex(post => post.Id).IsDescending().HasFilter("parent_id is null and published and deleted_at is null and hidden_at is null").HasDatabaseName("ix_posts_public");
        // The purge of deleted texts.
        builder.HasIndex(post => post.DeletedAt).HasFilter("deleted_at is not null");
        builder.HasOne(post => post.Author).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(post => post.Parent).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
