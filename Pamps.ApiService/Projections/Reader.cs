namespace Pamps.ApiService.Projections;

/// <summary>What decides which posts somebody gets to see, as of one moment; replaced as a whole when any of it changes.</summary>
internal sealed class Reader : Copy
{
    private const int FlagsMax = 2_000;

    // Like and bookmark state of posts read lately. Only touched under the lock; tiny, so that a lock is cheapest.
    private readonly Dictionary<long, PostFlags> _flags = [];
    private readonly Lock _flagsLock = new();
    private long _flagStamp;
    private volatile HomePage? _home;
    private volatile HomeSlice? _slice;
    private long _homeStamp;

    public required long Id { get; init; }

    public required long FeedVersion { get; init; }

    /// <summary>Accounts it follows, ascending.</summary>
    public required long[] Followees { get; init; }

    /// <summary>Those of them whose posts are not fanned out.</summary>
    public required long[] Pulled { get; init; }

    /// <summary>Accounts it blocks or that block it, ascending.</summary>
    public required long[] Blocked { get; init; }

    /// <summary>Accounts it mutes, ascending.</summary>
    public required long[] Muted { get; init; }

    /// <summary>When each mute ends, in the order of <see cref="Muted"/>; the far future for those that do not.</summary>
    public required DateTimeOffset[] MutedUntil { get; init; }

    /// <summary>The first page of the home feed as last computed; null when it may have changed.</summary>
    public HomePage? Home => _home;

    /// <summary>The part of the home feed below the first page that was read last; null when it may have changed.</summary>
    public HomeSlice? Slice => _slice;

    /// <summary>To be taken before a page is computed.</summary>
    public long HomeStamp => Volatile.Read(ref _homeStamp);

    /// <summary>Lets one request at a time compute what others only wait for.</summary>
    public SemaphoreSlim HomeGate { get; } = new(1);

    /// <summary>When its presence was last written down.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The next moment at which the passing of time alone changes what is listed.</summary>
    public DateTimeOffset NextMuteEnd(DateTimeOffset now) => MutedUntil.Where(until => until > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    public bool Follows(long accountId) => Array.BinarySearch(Followees, accountId) >= 0;

    public bool IsBlocked(long accountId) => Blocked.Length > 0 && Array.BinarySearch(Blocked, accountId) >= 0;

    public bool IsMuted(long accountId, DateTimeOffset now) =>
        Muted.Length > 0 && Array.BinarySearch(Muted, accountId) is var index && index >= 0 && MutedUntil[index] > now;

    /// <summary>Keeps a page, unless the feed may have changed while it was computed.</summary>
    public void PutHome(HomePage page, long stamp)
    {
        _home = page;
        if (HomeStamp != stamp)
        {
            _home = null;
        }
    }

    /// <summary>Keeps a part of the feed, unless that may have changed while it was read.</summary>
    public void PutSlice(HomeSlice slice, long stamp)
    {
        _slice = slice;
        if (HomeStamp != stamp)
        {
            _slice = null;
        }
    }

    public void HomeChanged()
    {
        Interlocked.Increment(ref _homeStamp);
        _home = null;
        _slice = null;
    }

    /// <summary>To be taken before like and bookmark state is read from the database.</summary>
    public long TakeFlagStamp()
    {
        lock (_flagsLock)
        {
            return _flagStamp;
        }
    }

    public bool TryGetFlags(IReadOnlyList<PostBody> posts, PostFlags[] flags)
    {
        var complete = true;
        lock (_flagsLock)
        {
            for (var index = 0; index < flags.Length; index++)
            {
                complete &= _flags.TryGetValue(posts[index].Id, out flags[index]);
            }
        }

        return complete;
    }

    public void PutFlags(long postId, PostFlags flags, long stamp)
    {
        lock (_flagsLock)
        {
            if (_flagStamp == stamp)
            {
                if (_flags.Count >= FlagsMax)
                {
                    _flags.Clear();
                }

                _flags[postId] = flags;
            }
        }
    }

    public void FlagsChanged(long postId)
    {
        lock (_flagsLock)
        {
            _flagStamp++;
            _flags.Remove(postId);
        }
    }
}

/// <summary>The first page of a home feed.</summary>
/// <param name="Limit">The size asked for.</param>
/// <param name="Ids">The posts, newest first.</param>
/// <param name="Next">Cursor of the following page, if there is one.</param>
/// <param name="Prev">Cursor of what is newer.</param>
/// <param name="Until">When a mute ends, and the page with it.</param>
/// <param name="ReadAt">Timestamp before it was read.</param>
internal sealed record HomePage(int Limit, long[] Ids, string? Next, string? Prev, DateTimeOffset Until, long ReadAt);
