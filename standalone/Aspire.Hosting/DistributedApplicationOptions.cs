namespace Aspire.Hosting;

/// <summary>Settings of an application, given when its builder is created.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command-line arguments.</summary>
    public string[]? Args { get; set; }

    /// <summary>The name of the AppHost's assembly; the entry assembly unless given.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether to do without the dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the console output of the resources goes into the AppHost's own log.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether the dashboard may be reached without TLS.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Where the AppHost is when its assembly does not say.</summary>
    internal string? ProjectFolder { get; set; }
}
