using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Reports;

internal static class FileReport
{
    /// <summary>Asks the moderators to look at a post, a comment or an account; one open report per person and thing.</summary>
    public static async Task<Results<Created<ReportResponse>, ProblemHttpResult>> HandleAsync(
        FileReportRequest request, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new[] { request.PostId, request.CommentId, request.Username }.Count(target => target is not null) != 1)
        {
            return Problems.Invalid("postId", "Name exactly one of postId, commentId and username.");
        }

        var report = await FindTargetAsync(request, db, user.RequiredId, cancellationToken);
        if (report is null)
        {
            return Problems.NotFound();
        }

        if (report.AccountId == user.RequiredId)
        {
            return Problems.Invalid(request.PostId is not null ? "postId" : request.CommentId is not null ? "commentId" : "username", "This is yours.");
        }

        report.Id = await db.NextIdAsync<Report>(cancellationToken);
        report.ReporterId = user.RequiredId;
        report.Reason = request.Reason!.Value;
        report.Note = request.Note;
        report.CreatedAt = clock.GetUtcNow();
        db.Reports.Add(report);
        db.Publish(new ReportFiled(report.Id));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Of(exception) is not null)
        {
            return Problems.Conflict(detail: "You reported this already, and the moderators have not answered yet.");
        }

        return TypedResults.Created($"/api/v1/reports/{WireId.Format(report.Id)}", ReportProjection.ToResponse(report, forModerator: false));
    }

    /// <summary>A report of something that the reporter can see; null otherwise.</summary>
    private static async Task<Report?> FindTargetAsync(FileReportRequest request, PampsDbContext db, long readerId, CancellationToken cancellationToken)
    {
        if (request.Username is { } username)
        {
            var accountId = await AccountProjection.FindIdAsync(db, username, readerId, cancellationToken);
            return accountId is { } id ? new Report { Target = $"account:{id}", AccountId = id } : null;
        }

        if (request.PostId is not null)
        {
            return WireId.TryParse(request.PostId, out var postId)
                ? await db.Posts.Where(post => post.Id == postId).VisibleTo(db, readerId)
                    .Select(post => new Report { Target = "post:" + post.Id, PostId = post.Id, AccountId = post.AuthorId })
                    .SingleOrDefaultAsync(cancellationToken)
                : null;
        }

        return WireId.TryParse(request.CommentId, out var commentId)
            ? await db.Comments
                .Where(comment => comment.Id == commentId && comment.DeletedAt == null && comment.HiddenAt == null && comment.ApprovedAt != null)
                .Select(comment => new Report { Target = "comment:" + comment.Id, CommentId = comment.Id, AccountId = comment.AuthorId })
                .SingleOrDefaultAsync(cancellationToken)
            : null;
    }
}
