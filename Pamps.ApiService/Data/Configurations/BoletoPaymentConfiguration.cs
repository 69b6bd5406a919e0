using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoPaymentConfiguration : IEntityTypeConfiguration<BoletoPayment>
{
    public void Configure(EntityTypeBuilder<BoletoPayment> builder)
    {
        builder.ToTable("boleto_payments");
        builder.Property(payment => payment.Amount).HasPrecision(14, 2);
        builder.Property(payment => payment.PaidBy).HasMaxLength(200);
        // The same notice is the same payment.
        builder.HasIndex(payment => payment.Hash).IsUnique();
        // The claim of notices to debtors.
        builder.HasIndex(payment => payment.NoticeAvailableAt).HasFilter("notice_available_at is not null");
        builder.HasOne(payment => payment.Boleto).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
