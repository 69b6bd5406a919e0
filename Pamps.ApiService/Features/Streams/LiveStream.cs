using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Features.Streams;

/// <summary>One message of a stream, whatever carries it.</summary>
/// <param name="Id">What to give back on reconnecting; null for a heartbeat.</param>
/// <param name="Type">The event's name; null for a heartbeat.</param>
/// <param name="Data">JSON on one line.</param>
internal sealed record StreamMessage(string? Id, string? Type, string Data);

/// <summary>Follows the logs for one client: replays, filters, resets after a gap, and beats when nothing happens.</summary>
internal sealed class LiveStream(StreamStore store, IServiceScopeFactory scopes, ReaderCache readers, TimeProvider clock)
{
    /// <summary>Open streams an account may have in one replica.</summary>
    public const int PerAccountMax = 5;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How soon Redis is asked again when it did not answer: an event must not wait for the next heartbeat because of that.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, int> _open = [];

    /// <summary>Takes one of the account's places; false when all are taken.</summary>
    public bool TryEnter(long accountId)
    {
        if (_open.AddOrUpdate(accountId, 1, (_, open) => open + 1) <= PerAccountMax)
        {
            return true;
        }

        Leave(accountId);
        return false;
    }

    public void Leave(long accountId)
    {
        if (_open.AddOrUpdate(accountId, 0, (_, open) => open - 1) == 0)
        {
            _open.TryRemove(new(accountId, 0));
        }
    }

    /// <summary>Sends until cancelled. The sender waits for the client; one that cannot follow is dropped by it.</summary>
    public async Task FollowAsync(
        long accountId, StreamTopics topics, StreamPosition? from, Func<StreamMessage, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        string[] logs = [.. topics.WantsPosts ? [StreamStore.Posts] : Array.Empty<string>(), .. topics.WantsAccount ? [RedisKeys.AccountLog(accountId)] : Array.Empty<string>()];
        using var watching = store.Watch(logs, wake.Writer);
        var position = from ?? default;
        var ready = from is not null;
        var quietSince = clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = position;
            var isHeard = await store.SubscribeAsync(cancellationToken);
            foreach (var log in logs)
            {
                if (await store.ReadAsync(log, After(log, position), cancellationToken) is not { } slice)
                {
                    isHeard = false;
                }
                else if (ready)
                {
                    position = await AdvanceAsync(accountId, topics, log, position, slice, send, cancellationToken);
                }
                else if (After(log, position) is null)
                {
                    position = Move(log, position, slice.Last);
                }
            }

            if (!ready && isHeard)
            {
                // The client learns where it stands even before anything happens. What came between two logs' first reads is read now.
                await send(new StreamMessage(position.ToString(), "ready", await UnreadAsync(accountId, topics, cancellationToken)), cancellationToken);
                ready = true;
                continue;
            }

            if (position != before)
            {
                quietSince = clock.GetTimestamp();
            }

            await WaitAsync(wake.Reader, quietSince, isHeard ? Heartbeat : AskAgain, cancellationToken);
            if (clock.GetElapsedTime(quietSince) >= Heartbeat)
            {
                await send(new StreamMessage(null, null, ""), cancellationToken);
                quietSince = clock.GetTimestamp();
            }
        }
    }

    private static long? After(string log, StreamPosition position) => log == StreamStore.Posts ? position.Posts : position.Account;

    private static StreamPosition Move(string log, StreamPosition position, long sequence)
        => log == StreamStore.Posts ? position with { Posts = sequence } : position with { Account = sequence };

    private async Task<StreamPosition> AdvanceAsync(
        long accountId,
        StreamTopics topics,
        string log,
        StreamPosition position,
        StreamSlice slice,
        Func<StreamMessage, CancellationToken, Task> send,
        CancellationToken cancellationToken)
    {
        // A client that comes back with a position that does not name this log has missed what nobody knows.
        if (slice.Gap || After(log, position) is null)
        {
            position = Move(log, position, slice.Last);
            await send(new StreamMessage(position.ToString(), "reset", await UnreadAsync(accountId, topics, cancellationToken)), cancellationToken);
            return position;
        }

        foreach (var entry in slice.Events)
        {
            position = Move(log, position, entry.Sequence);
            var e = StreamEvent.Read(entry.Json);
            if (topics.Includes(e, await ReaderAsync(accountId, cancellationToken), clock.GetUtcNow()))
            {
                await send(new StreamMessage(position.ToString(), e.Type, Describe(e)), cancellationToken);
            }
        }

        return Move(log, position, slice.Last);
    }

    private async ValueTask<Reader> ReaderAsync(long accountId, CancellationToken cancellationToken)
    {
        if (readers.Find(accountId) is { } reader)
        {
            return reader;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await readers.ReadAsync(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), accountId, cancellationToken);
    }

    /// <summary>Where a stream begins no event tells of notifications from before: their number comes with the beginning.</summary>
    private async Task<string> UnreadAsync(long accountId, StreamTopics topics, CancellationToken cancellationToken)
    {
        if (!topics.WantsNotifications)
        {
            return "{}";
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        var unread = await VisibleNotifications.CountUnreadAsync(db, accountId, clock.GetUtcNow(), cancellationToken);
        return Describe(new StreamEvent { Type = "unread", Count = unread.Count, More = unread.More });
    }

    private async Task WaitAsync(ChannelReader<bool> wake, long quietSince, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var left = Heartbeat - clock.GetElapsedTime(quietSince);
        left = left < atMost ? left : atMost;
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using var limit = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await wake.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Ids are strings on the wire, here as everywhere.</summary>
    private static string Describe(StreamEvent e)
    {
        var data = new JsonObject();
        Add("postId", e.PostId);
        Add("authorId", e.AuthorId);
        Add("parentId", e.ParentId);
        Add("notificationId", e.NotificationId);
        Add("importId", e.ImportId);
        if (e.Count is { } count)
        {
            data["count"] = count;
            data["more"] = e.More ?? false;
        }

        if (e.Import is { } import)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(import, JsonSerializerOptions.Web)!.AsObject())
            {
                data[name] = value?.DeepClone();
            }
        }

        return data.ToJsonString(JsonSerializerOptions.Web);

        void Add(string name, long? id)
        {
            if (id is { } value)
            {
                data[name] = value.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
