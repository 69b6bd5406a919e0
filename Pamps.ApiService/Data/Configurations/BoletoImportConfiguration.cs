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
        builder.HasOne(import => import.Account).WithMany().OnDelete(DeleteBehavior.SetNull);
    }
}
