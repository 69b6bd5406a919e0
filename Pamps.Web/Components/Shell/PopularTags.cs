using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Components.Shell;

/// <summary>
/// The most used tags, asked for once a minute for all visitors together: they stand beside every page and change slowly.
/// </summary>
internal sealed class PopularTags(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private const int Shown = 8;

    private volatile Snapshot _snapshot = new([], DateTimeOffset.MinValue);
    private int _asking;

    /// <summary>The tags as last known.</summary>
    public async Task<IReadOnlyList<TagResponse>> GetAsync(CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (clock.GetUtcNow() - snapshot.At < Age || Interlocked.Exchange(ref _asking, 1) == 1)
        {
            return snapshot.Tags;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var answer = await scope.ServiceProvider.GetRequiredService<FeedsClient>().TagsAsync(null, Shown, cancellationToken);
            // After a failure the old list stays, and the next question waits a minute too.
            _snapshot = new(answer.Value is { } page ? [.. page.Items.Where(tag => tag.PostCount > 0).Take(Shown)] : snapshot.Tags, clock.GetUtcNow());
            return _snapshot.Tags;
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }

    private sealed record Snapshot(IReadOnlyList<TagResponse> Tags, DateTimeOffset At);
}
