using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoImportConfiguration : IEntityTypeConfiguration<BoletoImport>
{
    public void Configure(EntityTypeBuilder<BoletoImport> builder)
    {
        builder.Property(import => import.FileName).HasMaxLength(255);
        builder.Property(import => import.State).HasMaxLength(20);
        // The same file is the same import.
        builder.HasIndex(import => import.Hash).IsUnique();
        // What is left to read.
        builder.HasIndex(import => import.Id, "ix_boleto_imports_open").HasFilter("state <> 'done'");
        builder.HasOne(import => import.Account).WithMany().OnDelete(DeleteBehavior.SetNull);
    }
}
