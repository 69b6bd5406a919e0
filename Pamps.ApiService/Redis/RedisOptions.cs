namespace Pamps.ApiService.Redis;

/// <summary>How Redis is used; section <c>Redis</c>.</summary>
internal sealed class RedisOptions
{
    /// <summary>Stands before every key and channel, so that several deployments or tests can share a server.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>How long a request waits for Redis before it does without.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After a failure nobody asks Redis for this long.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);
}
