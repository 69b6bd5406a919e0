using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a health check said last.</summary>
/// <param name="Name">The name of the check.</param>
/// <param name="Status">Its answer; null until it has run.</param>
/// <param name="Description">What it found.</param>
/// <param name="ExceptionText">The exception it met.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it last ran, UTC.</summary>
    public DateTime? LastRunAt { get; init; }
}
