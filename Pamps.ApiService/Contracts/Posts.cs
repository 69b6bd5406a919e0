using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Contracts;

/// <summary>A new post, or a reply when a parent is given.</summary>
public sealed record CreatePostRequest
{
    /// <summary>The text: 1 to 500 graphemes, a URL counts 23.</summary>
    [Required]
    [StringLength(PostLimits.TextColumn, MinimumLength = 1)]
    public required string Text { get; init; }

    /// <summary>An optional title.</summary>
    [StringLength(PostLimits.TitleMax)]
    public string? Title { get; init; }

    /// <summary>The post to answer.</summary>
    [StringLength(20)]
    public string? ParentId { get; init; }

    /// <summary>Language of the text (BCP 47), if known.</summary>
    [StringLength(10)]
    public string? Lang { get; init; }

    /// <summary>False keeps it a draft that only its author sees.</summary>
    public bool Published { get; init; } = true;
}

/// <summary>A new wording of a post.</summary>
public sealed record EditPostRequest
{
    /// <summary>The text: 1 to 500 graphemes, a URL counts 23.</summary>
    [Required]
    [StringLength(PostLimits.TextColumn, MinimumLength = 1)]
    public required string Text { get; init; }

    /// <summary>An optional title; absent removes it.</summary>
    [StringLength(PostLimits.TitleMax)]
    public string? Title { get; init; }

    /// <summary>Language of the text (BCP 47), if known.</summary>
    [StringLength(10)]
    public string? Lang { get; init; }

    /// <summary>Publishes a draft, or takes a post back into a draft; absent leaves it.</summary>
    public bool? Published { get; init; }
}

/// <summary>A post or reply as the caller may see it.</summary>
/// <param name="Id">The opaque id; larger is newer.</param>
/// <param name="Author">Who wrote it; absent for a deleted post.</param>
/// <param name="Text">The text; empty for a deleted post.</param>
/// <param name="Title">The title, if any.</param>
/// <param name="Lang">Language of the text, if known.</param>
/// <param name="ParentId">The post it answers.</param>
/// <param name="Tags">Hashtags in it, without <c>#</c>, as written.</param>
/// <param name="Mentions">User names mentioned in it that exist.</param>
/// <param name="CreatedAt">When it was published.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="Version">Grows with each edit; the value of <c>If-Match</c>.</param>
/// <param name="Published">False for a draft.</param>
/// <param name="Deleted">True for a placeholder in a thread.</param>
/// <param name="LikeCount">How many like it.</param>
/// <param name="ReplyCount">Direct replies.</param>
/// <param name="Viewer">The state of the caller; absent when nobody is signed in.</param>
public sealed record PostResponse(
    string Id,
    AccountSummary? Author,
    string Text,
    string? Title,
    string? Lang,
    string? ParentId,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Mentions,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    int Version,
    bool Published,
    bool Deleted,
    int LikeCount,
    int ReplyCount,
    PostViewer? Viewer);

/// <summary>What a post is to the caller.</summary>
/// <param name="Liked">The caller likes it.</param>
/// <param name="Bookmarked">The caller bookmarked it.</param>
/// <param name="CanEdit">The caller wrote it.</param>
public sealed record PostViewer(bool Liked, bool Bookmarked, bool CanEdit);

/// <summary>A post with what it answers and what answers it.</summary>
/// <param name="Ancestors">From the first post of the thread down to the parent.</param>
/// <param name="Post">The post asked for.</param>
/// <param name="Descendants">Replies in reading order: each below its parent, oldest first.</param>
/// <param name="Truncated">True when there are more descendants than were sent; page them by <c>…/replies</c>.</param>
public sealed record ThreadResponse(
    IReadOnlyList<PostResponse> Ancestors,
    PostResponse Post,
    IReadOnlyList<PostResponse> Descendants,
    bool Truncated);

/// <summary>The text to edit, with the version for <c>If-Match</c>.</summary>
/// <param name="Id">The post.</param>
/// <param name="Text">Its text as written.</param>
/// <param name="Title">Its title.</param>
/// <param name="Lang">Its language.</param>
/// <param name="Version">The version read.</param>
public sealed record PostSourceResponse(string Id, string Text, string? Title, string? Lang, int Version);

/// <summary>A former wording.</summary>
/// <param name="Version">The version it had.</param>
/// <param name="Text">The text.</param>
/// <param name="Title">The title.</param>
/// <param name="CreatedAt">Since when it stood.</param>
public sealed record PostRevisionResponse(int Version, string Text, string? Title, DateTimeOffset CreatedAt);
