namespace Pamps.ApiService.Data;

/// <summary>A former wording of a comment that others could read.</summary>
internal sealed class CommentRevision
{
    public long Id { get; set; }

    public long CommentId { get; set; }

    public Comment Comment { get; set; } = null!;

    public int Version { get; set; }

    public required string Text { get; set; }

    /// <summary>Since when this wording stood.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
