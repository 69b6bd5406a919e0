using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoConfiguration : IEntityTypeConfiguration<Boleto>
{
    public void Configure(EntityTypeBuilder<Boleto> builder)
    {
        // Keys are compared byte by byte: the rules of a language cost several times as much and mean nothing here.
        builder.Property(boleto => boleto.DebtId).HasMaxLength(64).UseCollation("C");
        builder.Property(boleto => boleto.Name).HasMaxLength(200);
        builder.Property(boleto => boleto.GovernmentId).HasMaxLength(20);
        builder.Property(boleto => boleto.Email).HasMaxLength(320);
        builder.Property(boleto => boleto.Amount).HasPrecision(10, 2);
        builder.Property(boleto => boleto.State).HasMaxLength(20).UseCollation("C");
        builder.Property(boleto => boleto.Error).HasMaxLength(500);
        builder.Property(boleto => boleto.ErrorCode).HasMaxLength(40);
        builder.Property(boleto => boleto.Retryable).HasDefaultValue(false);
        builder.Property(boleto => boleto.Attempts).HasDefaultValue(0);
        builder.Property(boleto => boleto.Barcode).HasMaxLength(44);
        builder.Property(boleto => boleto.TypedLine).HasMaxLength(47);
        builder.Property(boleto => boleto.PaidAmount).HasPrecision(14, 2).HasDefaultValue(0m);
        builder.Property(boleto => boleto.NeedsReview).HasDefaultValue(false);

        // One boleto per debt, whatever file brings it.
        builder.HasIndex(boleto => boleto.DebtId).IsUnique();
        // The failed rows of an import, and the daily run.
        builder.HasIndex(boleto => new { boleto.ImportId, boleto.Id }, "ix_boletos_failed").HasFilter("state = 'error'");
        // The claims of issuing, mailing and confirming.
        builder.HasIndex(boleto => new { boleto.State, boleto.AvailableAt }).HasFilter("available_at is not null");
    }
}
