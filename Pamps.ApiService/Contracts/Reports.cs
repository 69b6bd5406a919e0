using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pamps.ApiService.Contracts;

/// <summary>Why something is reported.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReportReason>))]
public enum ReportReason
{
    /// <summary>Advertising nobody asked for.</summary>
    Spam,

    /// <summary>Attacks on a person.</summary>
    Harassment,

    /// <summary>Hatred of a group.</summary>
    Hate,

    /// <summary>Threats or glorified violence.</summary>
    Violence,

    /// <summary>Against the law.</summary>
    Illegal,

    /// <summary>Pretends to be somebody else.</summary>
    Impersonation,

    /// <summary>Something else; the note says what.</summary>
    Other,
}

/// <summary>What a moderator did.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReportAction>))]
public enum ReportAction
{
    /// <summary>Nothing wrong.</summary>
    Dismiss,

    /// <summary>The author was warned: a notification tells them the moderator's text.</summary>
    Warn,

    /// <summary>The content was hidden.</summary>
    Hide,

    /// <summary>The account was suspended.</summary>
    Suspend,
}

/// <summary>A report of a post, a comment or an account: exactly one of the three.</summary>
public sealed record FileReportRequest
{
    /// <summary>The post.</summary>
    [StringLength(20)]
    public string? PostId { get; init; }

    /// <summary>The comment.</summary>
    [StringLength(20)]
    public string? CommentId { get; init; }

    /// <summary>The account.</summary>
    [StringLength(AccountLimits.UsernameMax)]
    public string? Username { get; init; }

    /// <summary>Why.</summary>
    [Required]
    public required ReportReason? Reason { get; init; }

    /// <summary>What else a moderator should know.</summary>
    [StringLength(ReportLimits.NoteMax)]
    public string? Note { get; init; }
}

/// <summary>A report.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Reporter">Who reported; moderators only.</param>
/// <param name="Post">The reported post.</param>
/// <param name="Comment">The reported comment.</param>
/// <param name="Account">The reported account, or the author of the reported thing.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">The reporter's note.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ResolvedAt">When it was resolved.</param>
/// <param name="Action">What was done.</param>
/// <param name="Resolution">The moderator's text.</param>
public sealed record ReportResponse(
    string Id,
    AccountSummary? Reporter,
    PostResponse? Post,
    CommentResponse? Comment,
    AccountSummary? Account,
    ReportReason Reason,
    string? Note,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ResolvedAt,
    ReportAction? Action,
    string? Resolution);

/// <summary>Ends a report.</summary>
public sealed record ResolveReportRequest
{
    /// <summary>What to do.</summary>
    [Required]
    public required ReportAction? Action { get; init; }

    /// <summary>Why, for the reporter, the warned and the audit log.</summary>
    [Required]
    [StringLength(ReportLimits.NoteMax, MinimumLength = 1)]
    public required string Resolution { get; init; }
}

/// <summary>Suspends an account.</summary>
public sealed record SuspendAccountRequest
{
    /// <summary>Why, for the audit log.</summary>
    [Required]
    [StringLength(ReportLimits.NoteMax, MinimumLength = 1)]
    public required string Reason { get; init; }
}

/// <summary>One line of the audit log.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Actor">Who did it; absent for the system and the command line.</param>
/// <param name="Action">What was done, such as <c>account.suspend</c>.</param>
/// <param name="Target">To what, such as <c>account:42</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="CreatedAt">When.</param>
public sealed record AuditEntryResponse(string Id, AccountSummary? Actor, string Action, string Target, string? Reason, DateTimeOffset CreatedAt);

/// <summary>Why a moderator does something.</summary>
public sealed record ModerationRequest
{
    /// <summary>Why, for the audit log.</summary>
    [Required]
    [StringLength(ReportLimits.NoteMax, MinimumLength = 1)]
    public required string Reason { get; init; }
}
