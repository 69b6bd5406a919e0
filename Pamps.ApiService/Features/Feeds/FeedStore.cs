using System.Globalization;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Redis;
using StackExchange.Redis;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Home feeds in Redis.
/// <para>
/// What is kept: one sorted set per account, whose members are ids of posts with themselves as score (exact, since ids stay
/// below 2^53), and one more member with the score −1 that describes the set: <c>floor:version:rebuild</c>. It says: "I hold
/// every home post above the floor, but for those whose fan-out still waits in the outbox, for whom the account followed as
/// of that feed version". While <c>rebuild</c> is not empty it says nothing. Set and description are one key, so that neither
/// can vanish without the other, and every change is one script, so that nobody sees half of one.
/// </para>
/// <para>
/// What is not in it: own posts and posts of authors with too many followers, merged when the feed is read; texts, counts
/// and states, which come from elsewhere. What is in it too many: posts deleted, blocked, muted or unfollowed since. Readers
/// filter by the present state, so leftovers cost a little room, never a lie.
/// </para>
/// <para>
/// Who writes: handlers of the outbox. Fan-out adds to a set only if it exists: a set born of one post would look complete.
/// It keeps the newest <see cref="FeedOptions.Window"/> and raises the floor to the highest id it drops; ids at or below the
/// floor are not added. A change of whom the account follows is merged if the set is exactly one version older, skipped if
/// it is not older, and otherwise left to a rebuild: messages arrive in any order. A rebuild creates an empty set that
/// receives fan-out but claims nothing, then reads the database, then adds what it read and claims; the random token keeps
/// a rebuild that was overtaken (flush, second rebuild) from claiming for another.
/// </para>
/// <para>What may be lost: everything, at any time; then the database answers and a rebuild is asked for.</para>
/// </summary>
internal sealed class FeedStore(RedisGate gate, IConnectionMultiplexer connection, RedisKeys keys, IOptions<FeedOptions> options, TimeProvider clock)
{
    private const string ReadDescription = """
        local d = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
        if not d then return nil end
        local floor, version, rebuild = string.match(d, '^(%d+):(%d+):(.*)$')
        if not floor then redis.call('DEL', KEYS[1]) return nil end
        """;

    // ARGV: exclusive upper bound, number of ids.
    private const string ReadScript = ReadDescription + """

        if rebuild ~= '' then return nil end
        local ids = redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1], '(0', 'LIMIT', 0, ARGV[2])
        table.insert(ids, 1, version)
        table.insert(ids, 1, floor)
        return ids
        """;

    // Adds ARGV[first…] and trims to ARGV[1]; then writes the description. Ids travel as strings: Lua would print large
    // numbers in scientific notation.
    private const string AddAndTrim = """

        for i = first, #ARGV do
            if tonumber(ARGV[i]) > tonumber(floor) then redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i]) end
        end
        local over = redis.call('ZCARD', KEYS[1]) - 1 - tonumber(ARGV[1])
        if over > 0 then
            local top = redis.call('ZRANGE', KEYS[1], over, over)[1]
            redis.call('ZREMRANGEBYRANK', KEYS[1], 1, over)
            if tonumber(top) > tonumber(floor) then floor = top end
        end
        local after = floor .. ':' .. version .. ':' .. rebuild
        if after ~= d then
            redis.call('ZREM', KEYS[1], d)
            redis.call('ZADD', KEYS[1], -1, after)
        end
        return 1
        """;

    // ARGV: window, id.
    private const string FanOutScript = ReadDescription + "\nlocal first = 2" + AddAndTrim;

    // ARGV: window, version after the change, ids to add.
    private const string MergeScript = ReadDescription + """

        if rebuild ~= '' or tonumber(version) ~= tonumber(ARGV[2]) - 1 then return -tonumber(version) end
        version = ARGV[2]
        local first = 3
        """ + AddAndTrim;

    // ARGV: version after the change, ids to remove.
    private const string RemoveScript = ReadDescription + """

        if rebuild ~= '' or tonumber(version) ~= tonumber(ARGV[1]) - 1 then return -tonumber(version) end
        for i = 2, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
        redis.call('ZREM', KEYS[1], d)
        redis.call('ZADD', KEYS[1], -1, floor .. ':' .. ARGV[1] .. ':')
        return 1
        """;

    // ARGV: token.
    private const string BeginScript = """
        redis.call('DEL', KEYS[1])
        redis.call('ZADD', KEYS[1], -1, '0:0:' .. ARGV[1])
        return 1
        """;

    // ARGV: window, version, token, floor, ids. What fan-out trimmed meanwhile has raised the floor already.
    private const string FinishScript = ReadDescription + """

        if rebuild ~= ARGV[3] then return 0 end
        version = ARGV[2]
        rebuild = ''
        if tonumber(ARGV[4]) > tonumber(floor) then floor = ARGV[4] end
        local first = 5
        """ + AddAndTrim;

    private static readonly TimeSpan HandlerTimeout = TimeSpan.FromSeconds(10);

    private readonly string _window = options.Value.Window.ToString(CultureInfo.InvariantCulture);

    /// <summary>The newest ids below a bound; null when there is no set that claims anything, or no Redis.</summary>
    public async ValueTask<FeedSlice?> ReadAsync(long accountId, long below, int count, CancellationToken cancellationToken)
    {
        RedisValue bound = below == long.MaxValue ? "+inf" : string.Create(CultureInfo.InvariantCulture, $"({below}");
        var answer = await gate.TryAsync(
            redis => redis.ScriptEvaluateAsync(ReadScript, [keys.HomeFeed(accountId)], [bound, count]), cancellationToken);
        if (answer is null || answer.IsNull || (RedisValue[]?)answer is not [var floor, var version, .. var ids])
        {
            return null;
        }

        var slice = new FeedSlice(Number(floor), Number(version), Array.ConvertAll(ids, Number));
        return slice.Floor < 0 || slice.Version < 0 || slice.Ids.Contains(-1) ? null : slice;

        // Whatever somebody put under our keys, a reader gets an answer.
        static long Number(RedisValue value) =>
            long.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    /// <summary>Adds a post to those of the feeds that exist.</summary>
    public Task FanOutAsync(IReadOnlyCollection<long> accountIds, long postId) => AllAsync(
        accountIds, (redis, key) => redis.ScriptEvaluateAsync(FanOutScript, [key], [_window, postId]));

    /// <summary>What the set claims now; null when it does not exist or is being rebuilt.</summary>
    public async Task<FeedSlice?> DescribeAsync(long accountId)
    {
        var answer = await DemandAsync(redis => redis.ScriptEvaluateAsync(ReadScript, [keys.HomeFeed(accountId)], ["+inf", 0]));
        return answer.IsNull || (RedisValue[]?)answer is not [var floor, var version, ..] ? null : new FeedSlice((long)floor, (long)version, []);
    }

    /// <summary>Adds the posts of a new followee. False when the set lacks an earlier change and has to be rebuilt.</summary>
    public Task<bool> MergeAsync(long accountId, long version, IReadOnlyList<long> ids) =>
        ChangeAsync(accountId, version, MergeScript, [_window, version, .. ids.Select(id => (RedisValue)id)]);

    /// <summary>Removes the posts of a former followee. False when the set lacks an earlier change and has to be rebuilt.</summary>
    public Task<bool> RemoveAsync(long accountId, long version, IReadOnlyList<long> ids) =>
        ChangeAsync(accountId, version, RemoveScript, [version, .. ids.Select(id => (RedisValue)id)]);

    /// <summary>Starts a rebuild: a set that receives fan-out and claims nothing. Null when somebody else is at it.</summary>
    public async Task<string?> BeginRebuildAsync(long accountId)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await DemandAsync(redis => redis.StringSetAsync(keys.HomeFeedRebuild(accountId), token, options.Value.RebuildLock, When.NotExists)))
        {
            return null;
        }

        await DemandAsync(redis => redis.ScriptEvaluateAsync(BeginScript, [keys.HomeFeed(accountId)], [token]));
        return token;
    }

    /// <summary>Ends a rebuild with what the database said.</summary>
    public async Task FinishRebuildAsync(long accountId, string token, long version, long floor, IReadOnlyList<long> ids)
    {
        await DemandAsync(redis => redis.ScriptEvaluateAsync(
            FinishScript, [keys.HomeFeed(accountId)], [_window, version, token, floor, .. ids.Select(id => (RedisValue)id)]));
        await DemandAsync(redis => redis.LockReleaseAsync(keys.HomeFeedRebuild(accountId), token));
    }

    /// <summary>Deletes feeds.</summary>
    public Task DeleteAsync(IReadOnlyCollection<long> accountIds) => AllAsync(accountIds, (redis, key) => redis.KeyDeleteAsync(key));

    /// <summary>The accounts that have a feed here.</summary>
    public IEnumerable<long> List()
    {
        var database = connection.GetDatabase().Database;
        foreach (var endpoint in connection.GetEndPoints())
        {
            foreach (var key in connection.GetServer(endpoint).Keys(database, keys.HomeFeeds, 250))
            {
                var name = key.ToString();
                if (long.TryParse(name.AsSpan(name.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var accountId))
                {
                    yield return accountId;
                }
            }
        }
    }

    private async Task<bool> ChangeAsync(long accountId, long version, string script, RedisValue[] arguments)
    {
        var answer = await DemandAsync(redis => redis.ScriptEvaluateAsync(script, [keys.HomeFeed(accountId)], arguments));

        // Done; or no set, or one being rebuilt from a state that has the change already, or one that is new enough.
        return answer.IsNull || (long)answer is 1 || -(long)answer >= version;
    }

    private async Task AllAsync<T>(IReadOnlyCollection<long> accountIds, Func<IDatabase, RedisKey, Task<T>> change)
    {
        await DemandAsync(async redis =>
        {
            await Task.WhenAll(accountIds.Select(accountId => change(redis, keys.HomeFeed(accountId))));
            return true;
        });
    }

    /// <summary>For handlers, which cannot do without Redis: they come back when it is there again.</summary>
    private async Task<T> DemandAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        try
        {
            return await ask(connection.GetDatabase()).WaitAsync(HandlerTimeout, clock);
        }
        catch (Exception exception) when (exception is RedisConnectionException or TimeoutException ||
            (exception is RedisServerException && exception.Message.StartsWith("LOADING", StringComparison.Ordinal)))
        {
            throw new OutboxPostponedException("Redis is away.");
        }
    }
}

/// <summary>A part of a home feed, newest first.</summary>
/// <param name="Floor">Above it the feed is complete.</param>
/// <param name="Version">Of whom the account followed.</param>
/// <param name="Ids">Posts.</param>
internal sealed record FeedSlice(long Floor, long Version, long[] Ids);
