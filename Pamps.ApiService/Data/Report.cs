using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data;

/// <summary>Somebody asks the moderators to look at a post, a comment or an account.</summary>
internal sealed class Report
{
    public long Id { get; set; }

    public long? ReporterId { get; set; }

    public Account? Reporter { get; set; }

    public long? PostId { get; set; }

    public Post? Post { get; set; }

    public long? CommentId { get; set; }

    public Comment? Comment { get; set; }

    /// <summary>The reported account, or the author of the reported thing.</summary>
    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>What makes an open report unique, such as <c>post:7</c>.</summary>
    public required string Target { get; set; }

    public ReportReason Reason { get; set; }

    public string? Note { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public long? ResolvedById { get; set; }

    public Account? ResolvedBy { get; set; }

    public ReportAction? Action { get; set; }

    public string? Resolution { get; set; }
}
