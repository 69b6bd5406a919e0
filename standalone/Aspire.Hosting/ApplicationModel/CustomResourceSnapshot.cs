using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource as it is at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>The kind of the resource: <c>Project</c>, <c>Container</c>, <c>Executable</c>, <c>Parameter</c> …</summary>
    public required string ResourceType { get; init; }

    /// <summary>When the resource was added, UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it last started, UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it last stopped, UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>The state; see <see cref="KnownResourceStates"/>.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The exit code of its process.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its health: null unless it runs, healthy without checks, else the worst of its reports.</summary>
    public HealthStatus? HealthStatus
    {
        get
        {
            if (State?.Text != KnownResourceStates.Running)
            {
                return null;
            }

            // A check that has not run yet counts as unhealthy, so nobody goes ahead too early.
            return HealthReports.Length == 0
                ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
                : HealthReports.Min(r => r.Status) is { } worst && HealthReports.All(r => r.Status is not null)
                    ? worst
                    : Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy;
        }
    }

    /// <summary>What its health checks said last.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>The environment variables of its process.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>The id of its process.</summary>
    internal int? ProcessId { get; init; }

    /// <summary>What runs: a file, a command, an image.</summary>
    internal string? Source { get; init; }

    /// <summary>Why it failed, for people.</summary>
    internal string? Problem { get; init; }

    /// <summary>Completes when the handlers of its ready event are done; null until it is ready.</summary>
    internal Task? Ready { get; init; }
}
