using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(key => key.Name).HasMaxLength(80);
        builder.Property(key => key.Prefix).HasMaxLength(16);
        // The look-up of a presented key.
        builder.HasIndex(key => key.Prefix).IsUnique();
        builder.HasOne(key => key.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
