using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class PostTagConfiguration : IEntityTypeConfiguration<PostTag>
{
    public void Configure(EntityTypeBuilder<PostTag> builder)
    {
        builder.HasKey(postTag => new { postTag.PostId, postTag.TagId });
        // The feed of a tag.
        builder.HasIndex(postTag => new { postTag.TagId, postTag.PostId }).IsDescending(false, true);
        builder.HasOne(postTag => postTag.Post).WithMany(post => post.PostTags).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(postTag => postTag.Tag).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
