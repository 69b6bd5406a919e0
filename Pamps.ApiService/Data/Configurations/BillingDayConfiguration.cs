using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BillingDayConfiguration : IEntityTypeConfiguration<BillingDay>
{
    public void Configure(EntityTypeBuilder<BillingDay> builder)
    {
        builder.ToTable("billing_days");
        builder.HasKey(day => day.Day);
        builder.Property(day => day.PaidAmount).HasPrecision(16, 2);
    }
}
