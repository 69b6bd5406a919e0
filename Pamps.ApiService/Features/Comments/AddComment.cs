using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class AddComment
{
    /// <summary>
    /// Adds a comment to the thread of a piece of outside content, as an account, as a site's key for one of its readers,
    /// or, where the site allows guests, by name and e-mail address. In a moderated thread it waits for approval.
    /// </summary>
    /// <param name="id">The content id, in any spelling.</param>
    /// <param name="request">The comment.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="sites">The sites that embed threads.</param>
    /// <param name="metrics">Counts comments.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Created<CommentResponse>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? id,
        AddCommentRequest request,
        PampsDbContext db,
        CurrentUser user,
        CommentSites sites,
        CommentMetrics metrics,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (user.IsSignedIn && !user.HasScope(Scopes.WriteComments))
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{Scopes.WriteComments}\"";
            return Problems.Of(StatusCodes.Status403Forbidden, ProblemCodes.ScopeMissing, $"The credentials need the scope {Scopes.WriteComments}.");
        }

        if (!ContentId.TryParse(id, out var content))
        {
            return CommentProblems.InvalidContentId("id");
        }

        if (!user.IsSignedIn && !sites.Of(content).AllowGuests)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Of(StatusCodes.Status401Unauthorized, ProblemCodes.TokenMissing, "This site takes comments from accounts only.");
        }

        if (Check(request, user, content, out var draft) is { } invalid)
        {
            return invalid;
        }

        var (outcome, comment) = await StoreAsync(draft, db, sites, metrics, clock, cancellationToken);
        if (outcome is not CommentOutcome.Added)
        {
            return CommentProblems.Of(outcome);
        }

        var row = await db.Comments.AsNoTracking().Where(added => added.Id == comment!.Id).Select(CommentProjection.Row).SingleAsync(cancellationToken);
        return TypedResults.Created($"/api/v1/comments/{row.Id}", CommentProjection.ToResponse(row));
    }

    /// <summary>Stores a comment, unless its thread does not take it.</summary>
    public static Task<(CommentOutcome Outcome, Comment? Comment)> StoreAsync(
        CommentDraft draft, PampsDbContext db, CommentSites sites, CommentMetrics metrics, TimeProvider clock, CancellationToken cancellationToken) =>
        db.InTransactionAsync<(CommentOutcome, Comment?)>(
            async () =>
            {
                var now = clock.GetUtcNow();
                var thread = await ContentThreads.ShareAsync(db, draft.Content, sites.Of(draft.Content), now, cancellationToken);
                if (thread.State is ContentThreadState.Hidden && !draft.ByModerator)
                {
                    return (CommentOutcome.NotFound, null);
                }

                if (thread.State is ContentThreadState.Locked && !draft.ByModerator)
                {
                    return (CommentOutcome.Locked, null);
                }

                if (draft.ParentId is { } parent && !await IsAnswerableAsync(db, thread.Id, parent, draft, now, cancellationToken))
                {
                    return (CommentOutcome.NotFound, null);
                }

                var comment = new Comment
                {
                    ThreadId = thread.Id,
                    AuthorId = draft.AuthorId,
                    AuthorName = draft.AuthorName,
                    AuthorEmail = draft.AuthorEmail,
                    Text = draft.Text,
                    ParentId = draft.ParentId,
                    CreatedAt = now,
                    ApprovedAt = thread.State is ContentThreadState.Moderated && !draft.ByModerator ? null : now,
                };
                db.Comments.Add(comment);
                await db.SaveChangesAsync(cancellationToken);
                metrics.Added(comment.ApprovedAt is null);
                return (CommentOutcome.Added, comment);
            },
            cancellationToken);

    private static Task<bool> IsAnswerableAsync(PampsDbContext db, long threadId, long parent, CommentDraft draft, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Comments
            .Where(comment => comment.Id == parent && comment.ThreadId == threadId && comment.DeletedAt == null && comment.HiddenAt == null)
            .WhereListed(db, draft.AuthorId, draft.ByModerator, now)
            .AnyAsync(cancellationToken);

    /// <summary>Who may give a name depends on who calls: a person signed in has one, a key speaks for somebody, a guest must say.</summary>
    private static ProblemHttpResult? Check(AddCommentRequest request, CurrentUser user, ContentId content, out CommentDraft draft)
    {
        draft = null!;
        var errors = new Dictionary<string, string[]>();
        if (!CommentText.TryClean(request.Text, out var text))
        {
            errors["text"] = [CommentProblems.TextRule];
        }

        long parent = 0;
        if (request.ParentId is not null && !WireId.TryParse(request.ParentId, out parent))
        {
            errors["parentId"] = ["The id of a comment is a number."];
        }

        string? name = null;
        if (user.SessionId is not null && (request.AuthorName is not null || request.AuthorEmail is not null))
        {
            errors["authorName"] = ["A signed-in account comments under its own name; only guests and API keys of sites give another."];
        }
        else if (request.AuthorName is not null && !CommentText.TryClean(request.AuthorName, out name!))
        {
            errors["authorName"] = ["The name must hold a visible character and no control characters."];
        }
        else if (!user.IsSignedIn && request.AuthorName is null)
        {
            errors["authorName"] = ["Guests give their name."];
        }

        if (!user.IsSignedIn && request.AuthorEmail is null)
        {
            errors["authorEmail"] = ["Guests give their e-mail address; it is never shown."];
        }

        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        draft = new CommentDraft(content, text, request.ParentId is null ? null : parent, user.Id, name, request.AuthorEmail, user.MayModerate());
        return null;
    }
}
