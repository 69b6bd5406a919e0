using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pamps.Tests.Fixtures;

/// <summary>A problem document (RFC 9457) as a client reads it.</summary>
public sealed record Problem
{
    /// <summary>A URI that names the kind of problem.</summary>
    public string? Type { get; init; }

    /// <summary>What it is, in words.</summary>
    public string? Title { get; init; }

    /// <summary>The status of the answer.</summary>
    public int Status { get; init; }

    /// <summary>What exactly went wrong, if it can be said.</summary>
    public string? Detail { get; init; }

    /// <summary>The path of the request.</summary>
    public string? Instance { get; init; }

    /// <summary>The stable code.</summary>
    public string? Code { get; init; }

    /// <summary>The trace of the request.</summary>
    public string? TraceId { get; init; }

    /// <summary>Messages per field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Extensions { get; init; } = new Dictionary<string, JsonElement>();
}
