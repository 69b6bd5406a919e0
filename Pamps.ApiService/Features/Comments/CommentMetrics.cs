using System.Diagnostics.Metrics;

namespace Pamps.ApiService.Features.Comments;

/// <summary>How many comments arrive, for the operators of sites.</summary>
internal sealed class CommentMetrics(IMeterFactory meters)
{
    // The name that telemetry listens to.
    private const string Meter = "Pamps.ApiService";

    private readonly Counter<long> _added = meters.Create(Meter).CreateCounter<long>("pamps.comments.added", "{comment}", "Comments stored.");

    /// <summary>One more comment is stored.</summary>
    /// <param name="pending">Whether it waits for approval.</param>
    public void Added(bool pending) => _added.Add(1, new KeyValuePair<string, object?>("pamps.comment.pending", pending));
}
