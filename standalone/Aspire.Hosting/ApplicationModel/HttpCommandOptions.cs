namespace Aspire.Hosting.ApplicationModel;

/// <summary>Settings of a command that sends an HTTP request.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>The method; POST unless given.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>The name of the HTTP client that sends it.</summary>
    public string? HttpClientName { get; set; }
}
