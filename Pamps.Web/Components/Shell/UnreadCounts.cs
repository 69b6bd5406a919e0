using System.Collections.Concurrent;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.Components.Shell;

/// <summary>
/// How many notifications each visitor has not read, as of a moment ago: every page shows the number and the live stream
/// corrects it, so whoever opens pages quickly one after another does not ask for it again.
/// </summary>
internal sealed class UnreadCounts(TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (UnreadCountResponse Count, DateTimeOffset At)> _known = new();

    /// <summary>The count, asked for when it is not known or no longer fresh; null when it cannot be had.</summary>
    public async Task<UnreadCountResponse?> GetAsync(string accountId, Func<Task<UnreadCountResponse?>> ask)
    {
        if (_known.TryGetValue(accountId, out var known) && clock.GetUtcNow() - known.At < Age)
        {
            return known.Count;
        }

        if (await ask() is not { } count)
        {
            return null;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[accountId] = (count, clock.GetUtcNow());
        return count;
    }

    /// <summary>Something of theirs was read.</summary>
    public void Forget(string accountId) => _known.TryRemove(accountId, out _);
}
