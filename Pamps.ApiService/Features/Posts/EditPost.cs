using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class EditPost
{
    /// <summary>Rewords one's post and keeps the former wording; <c>If-Match</c> with a version that is no longer current answers 412.</summary>
    public static Task<Results<Ok<PostResponse>, ProblemHttpResult>> HandleAsync(
        long postId,
        EditPostRequest request,
        PampsDbContext db,
        PostProjection posts,
        CurrentUser user,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken) =>
        WriteAsync(postId, request, PostLimits.TextGraphemes, db, posts, user.RequiredId, clock, context, cancellationToken);

    /// <summary>The same with another limit: older clients may write longer texts.</summary>
    public static async Task<Results<Ok<PostResponse>, ProblemHttpResult>> WriteAsync(
        long postId,
        EditPostRequest request,
        int lengthMax,
        PampsDbContext db,
        PostProjection posts,
        long author,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!PostText.TryParse(request.Text, lengthMax, out var text, out var problem))
        {
            return Problems.Invalid("text", problem);
        }

        if (!PostTitle.TryClean(request.Title, out var title))
        {
            return Problems.Invalid("title", PostTitle.Rule);
        }

        if (!PostLanguage.TryClean(request.Lang, out var lang))
        {
            return Problems.Invalid("lang", PostLanguage.Rule);
        }

        // Racing edits of one post follow each other: the version below is settled by the database, and who comes second
        // without If-Match looks again. Three losses in a row are not bad luck.
        for (var attempt = 1; ; attempt++)
        {
            // Split: in one query every tag would come once with every mention.
            var post = await db.Posts.VisibleTo(db, author).Include(post => post.PostTags).Include(post => post.Mentions).AsSplitQuery()
                .SingleOrDefaultAsync(post => post.Id == postId && post.AuthorId == author, cancellationToken);
            if (post is null)
            {
                return Problems.NotFound();
            }

            if (!Matches(context.Request, post.Version))
            {
                return Problems.VersionMismatch();
            }

            try
            {
                await ApplyAsync(db, post, request, text, title, lang, clock.GetUtcNow(), cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < 3 && IsLostRace(exception))
            {
                db.ChangeTracker.Clear();
                continue;
            }

            context.Response.Headers.ETag = GetPostSource.EditTag(post.Version);
            return TypedResults.Ok(await posts.ReadUncommittedAsync(post.Id, author, cancellationToken));
        }
    }

    private static async Task ApplyAsync(
        PampsDbContext db, Post post, EditPostRequest request, PostText text, string? title, string? lang, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var published = request.Published ?? post.Published;
        if (post.Text == text.Value && post.Title == title && post.Lang == lang && post.Published == published)
        {
            return;
        }

        if (post.Text != text.Value || post.Title != title)
        {
            // A draft has no readers, and so no history. The unique index on post and version decides between racing edits.
            if (post.Published)
            {
                db.PostRevisions.Add(new PostRevision
                {
                    PostId = post.Id,
                    Version = post.Version,
                    Title = post.Title,
                    Text = post.Text,
                    CreatedAt = post.EditedAt ?? post.CreatedAt,
                });
                post.EditedAt = now;
            }

            await PostReferences.ApplyAsync(db, post, text, cancellationToken);
        }

        post.Text = text.Value;
        post.Title = title;
        post.Lang = lang;
        post.Version++;
        if (post.Published == published)
        {
            db.Publish(new PostEdited(post.Id, post.AuthorId));
        }
        else if (published)
        {
            post.CreatedAt = now;
            post.Published = true;
            db.Publish(new PostCreated(post.Id, post.AuthorId, post.ParentId));
        }
        else
        {
            post.Published = false;
            db.Publish(new PostRemoved(post.Id, post.AuthorId, post.ParentId));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static bool Matches(HttpRequest request, int version)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            return true;
        }

        var current = new EntityTagHeaderValue(GetPostSource.EditTag(version));
        return EntityTagHeaderValue.TryParseList(request.Headers.IfMatch!, out var tags) &&
            tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true));
    }

    private static bool IsLostRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || exception.InnerException is DbException { SqlState: PostgresErrorCodes.UniqueViolation };
}
