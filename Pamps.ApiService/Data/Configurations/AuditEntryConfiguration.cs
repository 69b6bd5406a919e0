using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.Action).HasMaxLength(60);
        builder.Property(entry => entry.Target).HasMaxLength(60);
        builder.Property(entry => entry.Reason).HasMaxLength(ReportLimits.NoteMax);
        // The history of one target.
        builder.HasIndex(entry => new { entry.Target, entry.Id });
        builder.HasOne(entry => entry.Actor).WithMany().OnDelete(DeleteBehavior.SetNull);
    }
}
