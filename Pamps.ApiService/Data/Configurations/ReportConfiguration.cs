using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.Property(report => report.Target).HasMaxLength(40);
        builder.Property(report => report.Note).HasMaxLength(ReportLimits.NoteMax);
        builder.Property(report => report.Resolution).HasMaxLength(ReportLimits.NoteMax);
        // One open report per reporter and target.
        builder.HasIndex(report => new { report.ReporterId, report.Target }).IsUnique().HasFilter("resolved_at is null");
        // The queue.
        builder.HasIndex(report => report.Id).HasFilter("resolved_at is null").HasDatabaseName("ix_reports_open");
        builder.HasOne(report => report.Reporter).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(report => report.Account).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(report => report.ResolvedBy).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(report => report.Post).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(report => report.Comment).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
