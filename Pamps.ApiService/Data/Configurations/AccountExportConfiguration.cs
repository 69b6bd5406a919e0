using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class AccountExportConfiguration : IEntityTypeConfiguration<AccountExport>
{
    public void Configure(EntityTypeBuilder<AccountExport> builder)
    {
        builder.Property(export => export.State).HasMaxLength(20);
        builder.HasIndex(export => new { export.AccountId, export.RequestedAt });
        builder.HasOne(export => export.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
