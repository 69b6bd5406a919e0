using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Pamps.ApiService.Redis;

/// <summary>Every key and channel that Pamps uses. Each is derived data: whatever is in Redis may vanish at any time.</summary>
internal sealed class RedisKeys(IOptions<RedisOptions> options)
{
    private readonly string _prefix = options.Value.KeyPrefix;

    /// <summary>All home feeds.</summary>
    public string HomeFeeds => _prefix + "feed:home:*";

    /// <summary>Messages that end copies in the memory of replicas; pub/sub, written by <see cref="ChangeBus"/>.</summary>
    public RedisChannel Changes => Channel("changes");

    /// <summary>Wakes open streams; pub/sub, written by <c>StreamStore</c>.</summary>
    public RedisChannel StreamWakes => Channel("stream");

    /// <summary>The name of the log of what concerns one account; part of the keys of streams.</summary>
    public static string AccountLog(long accountId) => $"account:{accountId}";

    /// <summary>Sorted set of post ids and one member that describes it; no TTL, removed for accounts not seen for days; <c>FeedStore</c>.</summary>
    public RedisKey HomeFeed(long accountId) => $"{_prefix}feed:home:{accountId}";

    /// <summary>String, lock of a rebuild; TTL of the lock; <c>FeedStore</c>.</summary>
    public RedisKey HomeFeedRebuild(long accountId) => $"{_prefix}feed:rebuild:{accountId}";

    /// <summary>Sorted set of recent events of one topic, score = sequence; TTL 10 minutes; <c>StreamStore</c>.</summary>
    public RedisKey StreamEvents(string topic) => $"{_prefix}stream:{topic}";

    /// <summary>String, last sequence of a topic; outlives the events, so that a gap can be told; <c>StreamStore</c>.</summary>
    public RedisKey StreamSequence(string topic) => $"{_prefix}stream-seq:{topic}";

    /// <summary>Hash of one rate limit and window, counts by replica; TTL of the window; the rate limiter.</summary>
    public RedisKey RateLimit(string partition, long window) => $"{_prefix}rates:{partition}:{window}";

    private RedisChannel Channel(string name) => new(_prefix + name, RedisChannel.PatternMode.Literal);
}
