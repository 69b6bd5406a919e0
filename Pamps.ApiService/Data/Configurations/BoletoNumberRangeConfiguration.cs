using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoNumberRangeConfiguration : IEntityTypeConfiguration<BoletoNumberRange>
{
    public void Configure(EntityTypeBuilder<BoletoNumberRange> builder)
    {
        builder.ToTable("boleto_number_ranges");
        builder.HasKey(range => range.Name);
        builder.Property(range => range.Name).HasMaxLength(60);
    }
}
