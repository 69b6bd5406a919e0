namespace Aspire.Hosting.Orchestration;

/// <summary>Where the services send their telemetry; nowhere while nothing listens.</summary>
internal sealed class OtlpTarget
{
    /// <summary>The address, or null.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string Protocol { get; set; } = "grpc";
}
