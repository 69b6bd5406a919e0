using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class AccountExportPartConfiguration : IEntityTypeConfiguration<AccountExportPart>
{
    public void Configure(EntityTypeBuilder<AccountExportPart> builder)
    {
        builder.HasKey(part => new { part.ExportId, part.Section, part.AfterKey });
        builder.Property(part => part.Section).HasMaxLength(30);
        builder.HasOne(part => part.Export).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
