namespace Pamps.ApiService.Data;

/// <summary>A side effect that must happen at least once, written in the transaction of its cause.</summary>
internal sealed class OutboxMessage
{
    public long Id { get; set; }

    /// <summary>Name of the event.</summary>
    public required string Type { get; set; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Not before; moved into the future by a claim (lease) or by a failure (pause).</summary>
    public DateTimeOffset AvailableAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Handlers that are done, so that a retry does not repeat them.</summary>
    public string[] DoneHandlers { get; set; } = [];

    /// <summary>Where long work goes on after a restart.</summary>
    public string? Cursor { get; set; }

    /// <summary>0 to 100, for long work.</summary>
    public int Progress { get; set; }

    /// <summary>The last failure, without personal data.</summary>
    public string? Error { get; set; }

    /// <summary>Given up after too many attempts; a person may retry it.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    /// <summary>W3C trace context of the cause.</summary>
    public string? TraceParent { get; set; }
}
