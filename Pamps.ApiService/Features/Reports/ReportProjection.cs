using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Reports;

/// <summary>Reports on the wire. Moderators see the reported thing as it is, hidden or deleted too; reporters see what they wrote.</summary>
internal static class ReportProjection
{
    /// <summary>Loads what an answer for moderators needs.</summary>
    /// <param name="reports">The reports.</param>
    public static IQueryable<Report> WithDetails(this IQueryable<Report> reports) => reports
        .Include(report => report.Reporter)
        .Include(report => report.Account)
        .Include(report => report.Post!.Author)
        .Include(report => report.Comment!.Author)
        .Include(report => report.Comment!.Thread)
        .AsSplitQuery();

    /// <summary>The answer.</summary>
    /// <param name="report">The report, with details for moderators.</param>
    /// <param name="forModerator">Whether to tell who reported, and to show the thing.</param>
    public static ReportResponse ToResponse(Report report, bool forModerator) => new(
        WireId.Format(report.Id),
        forModerator && report.Reporter is { } reporter ? AccountProjection.ToSummary(reporter) : null,
        forModerator && report.Post is { } post ? ToResponse(post) : null,
        forModerator && report.Comment is { } comment ? ToResponse(comment) : null,
        report.Account is { } account ? AccountProjection.ToSummary(account) : null,
        report.Reason,
        report.Note,
        report.CreatedAt,
        report.ResolvedAt,
        report.Action,
        report.Resolution);

    private static PostResponse ToResponse(Post post) => new(
        WireId.Format(post.Id), AccountProjection.ToSummary(post.Author), post.Text, post.Title, post.Lang, WireId.Format(post.ParentId),
        post.Tags, post.MentionNames, post.CreatedAt, post.EditedAt, post.Version, post.Published, post.DeletedAt is not null,
        post.LikeCount, post.ReplyCount, Viewer: null);

    private static CommentResponse ToResponse(Comment comment) => new(
        WireId.Format(comment.Id), comment.Thread.ContentId, comment.Author is { } author ? AccountProjection.ToSummary(author) : null,
        comment.Author?.DisplayName ?? comment.AuthorName ?? "", comment.Text, WireId.Format(comment.ParentId), comment.CreatedAt,
        comment.EditedAt, comment.Version, comment.ApprovedAt is null, comment.DeletedAt is not null);
}
