using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Outbox;

/// <summary>How side effects are carried out; section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>False leaves the messages to other processes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Messages handled at once by this process.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 6;

    /// <summary>How long a message belongs to the process that took it; renewed while it works, so this is the wait after a crash.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often to look for messages of other processes and for retries; own ones are taken at once.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after the first failure; it doubles with each one.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan RetryAfterMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After so many failures the message waits for a person (about two hours with the defaults).</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 20;
}
