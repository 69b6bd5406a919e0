using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Reports;

internal static class HideContent
{
    /// <summary>Takes a post out of everybody's sight. Hiding twice changes nothing.</summary>
    /// <param name="postId">The post.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HidePostAsync(
        long postId, ModerationRequest request, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Posts.SingleOrDefaultAsync(post => post.Id == postId, cancellationToken) is not { } post)
        {
            return Problems.NotFound();
        }

        Hide(db, post, user.RequiredId, request.Reason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Shows a hidden post again.</summary>
    /// <param name="postId">The post.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> ShowPostAsync(
        long postId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Posts.SingleOrDefaultAsync(post => post.Id == postId, cancellationToken) is not { } post)
        {
            return Problems.NotFound();
        }

        if (post.HiddenAt is not null)
        {
            post.HiddenAt = null;
            db.AuditEntries.Add(Audit.Entry("post.show", $"post:{post.Id}", user.RequiredId, reason: null, clock.GetUtcNow()));
            if (post is { Published: true, DeletedAt: null })
            {
                db.Publish(new PostCreated(post.Id, post.AuthorId, post.ParentId));
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Takes a comment out of everybody's sight. Hiding twice changes nothing.</summary>
    /// <param name="commentId">The comment.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HideCommentAsync(
        long commentId, ModerationRequest request, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Comments.SingleOrDefaultAsync(comment => comment.Id == commentId, cancellationToken) is not { } comment)
        {
            return Problems.NotFound();
        }

        Hide(db, comment, user.RequiredId, request.Reason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Shows a hidden comment again.</summary>
    /// <param name="commentId">The comment.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> ShowCommentAsync(
        long commentId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Comments.SingleOrDefaultAsync(comment => comment.Id == commentId, cancellationToken) is not { } comment)
        {
            return Problems.NotFound();
        }

        if (comment.HiddenAt is not null)
        {
            comment.HiddenAt = null;
            db.AuditEntries.Add(Audit.Entry("comment.show", $"comment:{comment.Id}", user.RequiredId, reason: null, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Hides a post; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="post">The post, tracked.</param>
    /// <param name="actorId">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public static void Hide(PampsDbContext db, Post post, long actorId, string reason, DateTimeOffset now)
    {
        if (post.HiddenAt is null)
        {
            post.HiddenAt = now;
            db.AuditEntries.Add(Audit.Entry("post.hide", $"post:{post.Id}", actorId, reason, now));
            db.Publish(new PostRemoved(post.Id, post.AuthorId, post.ParentId));
        }
    }

    /// <summary>Hides a comment; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="comment">The comment, tracked.</param>
    /// <param name="actorId">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public static void Hide(PampsDbContext db, Comment comment, long actorId, string reason, DateTimeOffset now)
    {
        if (comment.HiddenAt is null)
        {
            comment.HiddenAt = now;
            db.AuditEntries.Add(Audit.Entry("comment.hide", $"comment:{comment.Id}", actorId, reason, now));
        }
    }
}
