using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class LikeConfiguration : IEntityTypeConfiguration<Like>
{
    public void Configure(EntityTypeBuilder<Like> builder)
    {
        // One like per account and post, and the state of a reader on a page of posts.
        builder.HasIndex(like => new { like.AccountId, like.PostId }).IsUnique();
        // Posts an account likes, newest like first.
        builder.HasIndex(like => new { like.AccountId, like.Id }).IsDescending(false, true);
        // Who likes a post.
        builder.HasIndex(like => new { like.PostId, like.Id }).IsDescending(false, true);
        builder.HasOne(like => like.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(like => like.Post).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
