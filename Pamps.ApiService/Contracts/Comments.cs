using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pamps.ApiService.Contracts;

/// <summary>How a thread of comments on outside content takes comments.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ContentThreadState>))]
public enum ContentThreadState
{
    /// <summary>Anybody allowed may comment.</summary>
    Open,

    /// <summary>Comments wait for approval.</summary>
    Moderated,

    /// <summary>No more comments.</summary>
    Locked,

    /// <summary>Seen by moderators only.</summary>
    Hidden,
}

/// <summary>A thread of comments on outside content.</summary>
/// <param name="Id">The canonical content id.</param>
/// <param name="State">How it takes comments.</param>
/// <param name="Count">Published comments.</param>
/// <param name="LastCommentAt">When the newest came.</param>
/// <param name="AllowsGuests">Whether people without an account may comment by name and e-mail address.</param>
public sealed record ContentThreadResponse(string Id, ContentThreadState State, int Count, DateTimeOffset? LastCommentAt, bool AllowsGuests);

/// <summary>Changes the state of a thread.</summary>
public sealed record SetThreadStateRequest
{
    /// <summary>The new state.</summary>
    [Required]
    public required ContentThreadState? State { get; init; }

    /// <summary>Why, for the audit log.</summary>
    [StringLength(ReportLimits.NoteMax)]
    public string? Reason { get; init; }
}

/// <summary>A new comment.</summary>
public sealed record AddCommentRequest
{
    /// <summary>The text.</summary>
    [Required]
    [StringLength(CommentLimits.TextMax, MinimumLength = 1)]
    public required string Text { get; init; }

    /// <summary>The comment to answer.</summary>
    [StringLength(20)]
    public string? ParentId { get; init; }

    /// <summary>Name of a commenter without an account, where the site allows it.</summary>
    [StringLength(CommentLimits.AuthorNameMax)]
    public string? AuthorName { get; init; }

    /// <summary>E-mail address of a commenter without an account; stored, never shown.</summary>
    [EmailAddress]
    [StringLength(AccountLimits.EmailMax)]
    public string? AuthorEmail { get; init; }
}

/// <summary>Content ids to count, where they are too long for a query.</summary>
public sealed record CountCommentsRequest
{
    /// <summary>Up to 100 content ids, in any spelling.</summary>
    [Required]
    [MinLength(1)]
    [MaxLength(CommentLimits.CountsMax)]
    public required IReadOnlyList<string> Ids { get; init; }
}

/// <summary>A new wording of a comment.</summary>
public sealed record EditCommentRequest
{
    /// <summary>The text.</summary>
    [Required]
    [StringLength(CommentLimits.TextMax, MinimumLength = 1)]
    public required string Text { get; init; }
}

/// <summary>A comment on outside content.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="ContentId">The canonical content id.</param>
/// <param name="Author">The account that wrote it, if one did.</param>
/// <param name="AuthorName">The name to show.</param>
/// <param name="Text">The text; empty when deleted.</param>
/// <param name="ParentId">The comment it answers.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="Version">Grows with each edit; the value of <c>If-Match</c>.</param>
/// <param name="Pending">True while it waits for approval.</param>
/// <param name="Deleted">True for a placeholder.</param>
public sealed record CommentResponse(
    string Id,
    string ContentId,
    AccountSummary? Author,
    string AuthorName,
    string Text,
    string? ParentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    int Version,
    bool Pending,
    bool Deleted);

/// <summary>A former wording of a comment.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Text">The text.</param>
/// <param name="CreatedAt">Since when it stood.</param>
public sealed record CommentRevisionResponse(int Version, string Text, DateTimeOffset CreatedAt);

/// <summary>Moves a thread when its page changed its address.</summary>
public sealed record MoveThreadRequest
{
    /// <summary>The old content id.</summary>
    [Required]
    [StringLength(CommentLimits.ContentIdMax, MinimumLength = 1)]
    public required string From { get; init; }

    /// <summary>The new content id.</summary>
    [Required]
    [StringLength(CommentLimits.ContentIdMax, MinimumLength = 1)]
    public required string To { get; init; }
}
