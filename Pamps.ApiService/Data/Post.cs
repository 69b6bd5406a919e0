namespace Pamps.ApiService.Data;

/// <summary>A post; a reply is a post with a parent. Ids grow with time and are exact scores of a Redis sorted set (below 2^53).</summary>
internal sealed class Post
{
    public long Id { get; set; }

    public long AuthorId { get; set; }

    public Account Author { get; set; } = null!;

    public string? Title { get; set; }

    public required string Text { get; set; }

    public string? Lang { get; set; }

    public long? ParentId { get; set; }

    public Post? Parent { get; set; }

    /// <summary>The first post of the thread; null for that post itself.</summary>
    public long? RootId { get; set; }

    /// <summary>0 for the first post of a thread.</summary>
    public int Depth { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? EditedAt { get; set; }

    public bool Published { get; set; } = true;

    /// <summary>Soft deletion by the author, who may restore it for a while.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Taken out of sight by a moderator.</summary>
    public DateTimeOffset? HiddenAt { get; set; }

    /// <summary>Grows with each edit, not with likes or replies.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Kept by a trigger on likes.</summary>
    public int LikeCount { get; set; }

    /// <summary>Visible direct replies; kept by a trigger on posts.</summary>
    public int ReplyCount { get; set; }

    /// <summary>Hashtags as written.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>Mentioned user names that exist.</summary>
    public string[] MentionNames { get; set; } = [];

    public List<PostTag> PostTags { get; set; } = [];

    public List<Mention> Mentions { get; set; } = [];
}
