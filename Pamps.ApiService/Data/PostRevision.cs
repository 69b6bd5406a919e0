namespace Pamps.ApiService.Data;

/// <summary>A former wording of a post.</summary>
internal sealed class PostRevision
{
    public long Id { get; set; }

    public long PostId { get; set; }

    public Post Post { get; set; } = null!;

    public int Version { get; set; }

    public string? Title { get; set; }

    public required string Text { get; set; }

    /// <summary>Since when this wording stood.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
