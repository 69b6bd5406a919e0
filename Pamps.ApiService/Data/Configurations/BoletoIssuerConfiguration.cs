using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoIssuerConfiguration : IEntityTypeConfiguration<BoletoIssuer>
{
    public void Configure(EntityTypeBuilder<BoletoIssuer> builder)
    {
        builder.ToTable("boleto_issuers");
        // Text, not jsonb: the hash is that of these very characters.
        builder.Property(issuer => issuer.Document).HasColumnType("text");
        builder.HasIndex(issuer => issuer.Hash).IsUnique();
    }
}
