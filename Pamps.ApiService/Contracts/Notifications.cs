using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pamps.ApiService.Contracts;

/// <summary>Why somebody is told.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NotificationType>))]
public enum NotificationType
{
    /// <summary>Somebody follows you.</summary>
    Follow,

    /// <summary>Somebody named you in a post.</summary>
    Mention,

    /// <summary>Somebody answered your post.</summary>
    Reply,

    /// <summary>Somebody likes your post.</summary>
    Like,

    /// <summary>News of a report of yours, or for moderators a new one.</summary>
    Report,

    /// <summary>An import of debts has ended.</summary>
    Import,

    /// <summary>A moderator warns you.</summary>
    Warning,
}

/// <summary>One thing, or several of a kind on the same post, that happened to the caller.</summary>
/// <param name="Id">The opaque id of the newest in the group.</param>
/// <param name="Type">Why.</param>
/// <param name="CreatedAt">When the newest happened.</param>
/// <param name="Read">Whether it was marked read.</param>
/// <param name="Actors">Who did it, newest first, at most a few.</param>
/// <param name="ActorCount">How many did it.</param>
/// <param name="Post">The post it is about, if any.</param>
/// <param name="SubjectId">The report or import it is about, if any.</param>
/// <param name="Text">What the moderator wrote, of a warning.</param>
public sealed record NotificationResponse(
    string Id,
    NotificationType Type,
    DateTimeOffset CreatedAt,
    bool Read,
    IReadOnlyList<AccountSummary> Actors,
    int ActorCount,
    PostResponse? Post,
    string? SubjectId,
    string? Text);

/// <summary>One page of notifications, with the cursors of its neighbours.</summary>
/// <param name="Items">The notifications, newest first.</param>
/// <param name="NextCursor">Cursor of the following page; absent at the end.</param>
/// <param name="PrevCursor">Cursor of the preceding page, if there may be one.</param>
/// <param name="UnreadCount">Unread ones in all, at most 100.</param>
public sealed record NotificationsResponse(IReadOnlyList<NotificationResponse> Items, string? NextCursor, string? PrevCursor, int UnreadCount);

/// <summary>How many notifications wait.</summary>
/// <param name="Count">Unread ones, at most 100.</param>
/// <param name="More">True when there are more than that.</param>
public sealed record UnreadCountResponse(int Count, bool More);

/// <summary>Which notifications to mark read: one of the two.</summary>
public sealed record MarkNotificationsReadRequest
{
    /// <summary>All up to this one.</summary>
    [StringLength(20)]
    public string? UpToId { get; init; }

    /// <summary>Just these.</summary>
    [MaxLength(100)]
    public IReadOnlyList<string>? Ids { get; init; }
}

/// <summary>How far a feed was read.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="LastReadId">The newest post read.</param>
/// <param name="UpdatedAt">When that was stored.</param>
public sealed record MarkerResponse(string Feed, string LastReadId, DateTimeOffset UpdatedAt);

/// <summary>Moves a marker forward.</summary>
public sealed record SetMarkerRequest
{
    /// <summary>The newest post read.</summary>
    [Required]
    [StringLength(20, MinimumLength = 1)]
    public required string LastReadId { get; init; }

    /// <summary>Allows to move it back.</summary>
    public bool Force { get; init; }
}
