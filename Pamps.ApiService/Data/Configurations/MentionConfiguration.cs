using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class MentionConfiguration : IEntityTypeConfiguration<Mention>
{
    public void Configure(EntityTypeBuilder<Mention> builder)
    {
        builder.HasKey(mention => new { mention.PostId, mention.AccountId });
        builder.HasOne(mention => mention.Post).WithMany(post => post.Mentions).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(mention => mention.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
