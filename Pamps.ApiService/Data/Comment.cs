namespace Pamps.ApiService.Data;

/// <summary>A comment on outside content, by an account or by a name and an address.</summary>
internal sealed class Comment
{
    public long Id { get; set; }

    public long ThreadId { get; set; }

    public ContentThread Thread { get; set; } = null!;

    public long? AuthorId { get; set; }

    public Account? Author { get; set; }

    /// <summary>The name of a commenter without an account.</summary>
    public string? AuthorName { get; set; }

    /// <summary>Stored for moderation and for the older API; never shown on the canonical one.</summary>
    public string? AuthorEmail { get; set; }

    public required string Text { get; set; }

    public long? ParentId { get; set; }

    public Comment? Parent { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>Grows with each edit; what <c>If-Match</c> compares.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Null while it waits for approval.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Taken out of sight by a moderator.</summary>
    public DateTimeOffset? HiddenAt { get; set; }
}
