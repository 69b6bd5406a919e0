using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.HasKey(key => new { key.AccountId, key.Route, key.Key });
        builder.Property(key => key.Route).HasMaxLength(100);
        builder.Property(key => key.Key).HasMaxLength(255);
        // The removal of old keys.
        builder.HasIndex(key => key.CreatedAt);
    }
}
