using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.Property(tag => tag.Name).HasMaxLength(PostLimits.TagMax);
        // The look-up by name; two racing posts create a tag once.
        builder.HasIndex(tag => tag.Name).IsUnique();
    }
}
