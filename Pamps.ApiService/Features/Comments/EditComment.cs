using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class EditComment
{
    /// <summary>Changes the text of one's comment and keeps the former wording. <c>If-Match</c> refuses to overwrite an edit one has not seen; in a moderated thread the new text waits for approval.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="request">The new text.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<CommentResponse>, ProblemHttpResult>> HandleAsync(
        long commentId, EditCommentRequest request, PampsDbContext db, CurrentUser user, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        if (!CommentText.TryClean(request.Text, out var text))
        {
            return Problems.Invalid("text", CommentProblems.TextRule);
        }

        var authorId = user.RequiredId;
        var refusal = await db.InTransactionAsync(
            async () =>
            {
                // Locked until the end: of two edits one sees the other's version.
                var comment = await db.Comments
                    .FromSql($"select * from comments where id = {commentId} and author_id = {authorId} and deleted_at is null and hidden_at is null for update")
                    .Include(found => found.Thread)
                    .SingleOrDefaultAsync(cancellationToken);
                if (comment is null || (comment.Thread.State is ContentThreadState.Hidden && !user.MayModerate()))
                {
                    return Problems.NotFound();
                }

                if (comment.Thread.State is ContentThreadState.Locked && !user.MayModerate())
                {
                    return CommentProblems.Locked();
                }

                if (!CommentVersion.Matches(http.Request, comment.Version))
                {
                    return Problems.VersionMismatch();
                }

                if (comment.Text == text)
                {
                    return null;
                }

                var now = clock.GetUtcNow();
                if (comment.ApprovedAt is not null)
                {
                    // A wording that waited for approval had no readers, and so is no history.
                    db.CommentRevisions.Add(new CommentRevision
                    {
                        CommentId = comment.Id,
                        Version = comment.Version,
                        Text = comment.Text,
                        CreatedAt = comment.EditedAt ?? comment.CreatedAt,
                    });
                }

                comment.Text = text;
                comment.EditedAt = now;
                comment.Version++;
                if (comment.Thread.State is ContentThreadState.Moderated && !user.MayModerate())
                {
                    // Else a harmless text would be approved and then exchanged.
                    comment.ApprovedAt = null;
                }

                await db.SaveChangesAsync(cancellationToken);
                return null;
            },
            cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var row = await db.Comments.AsNoTracking().Where(comment => comment.Id == commentId).Select(CommentProjection.Row).SingleAsync(cancellationToken);
        http.Response.Headers.ETag = CommentVersion.Tag(row.Version);
        return TypedResults.Ok(CommentProjection.ToResponse(row));
    }
}
