using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoConfiguration : IEntityTypeConfiguration<Boleto>
{
    public void Configure(EntityTypeBuilder<Boleto> builder)
    {
        builder.Property(boleto => boleto.DebtId).HasMaxLength(100);
        builder.Property(boleto => boleto.Amount).HasPrecision(10, 2);
        builder.Property(boleto => boleto.State).HasMaxLength(20);
        // One boleto per debt, whatever file brings it.
        builder.HasIndex(boleto => boleto.DebtId).IsUnique();
        builder.HasOne(boleto => boleto.Import).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
