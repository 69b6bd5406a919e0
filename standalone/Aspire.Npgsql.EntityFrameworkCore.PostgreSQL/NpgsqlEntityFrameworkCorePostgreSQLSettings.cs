namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>How a context reaches Postgres and what is observed of it.</summary>
public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>The connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Time for one command, in seconds.</summary>
    public int? CommandTimeout { get; set; }

    /// <summary>Whether commands are not repeated after transient failures.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Whether no health check is added.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether commands are not traced.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether commands and connections are not measured.</summary>
    public bool DisableMetrics { get; set; }
}
