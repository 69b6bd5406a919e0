using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class MarkerConfiguration : IEntityTypeConfiguration<Marker>
{
    public void Configure(EntityTypeBuilder<Marker> builder)
    {
        builder.HasKey(marker => new { marker.AccountId, marker.Feed });
        builder.Property(marker => marker.Feed).HasMaxLength(20);
        builder.HasOne(marker => marker.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
