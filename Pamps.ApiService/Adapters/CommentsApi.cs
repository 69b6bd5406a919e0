using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Comments;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The comments API: anybody comments on a content id with an e-mail address, and reads the addresses of those who did so
/// here. Who commented by the canonical API was promised that the address is never shown: a name stands in its place.
/// Threads are the same, so a locked or moderated thread is so here.
/// </summary>
internal static class CommentsApi
{
    private const int TextMax = 2_000;

    private const int ContentIdMax = 255;

    public static void MapCommentsApi(this IEndpointRouteBuilder routes)
    {
        var comments = routes.MapOlder("comment");
        comments.MapPost("/api/comment/new", AddAsync).Says("OlderAddComment", "Comments on a piece of content.")
            .TakesJson<CommentRequest>().Answers<StatusBody>(200, 400, 403, 422);
        comments.MapGet("/api/comment/list/{content_id}", ListAsync).Says("OlderListComments", "Lists the comments on a piece of content, in order of arrival.")
            .Answers<List<CommentBody>>(200).Produces<StatusBody>(404);
    }

    /// <summary>Every error of this API also has the two keys that its clients read.</summary>
    public static void AddStatus(JsonObject body, int status, string message)
    {
        body["status"] = status == StatusCodes.Status404NotFound ? "NOT-FOUND" : "INVALID";
        body["message"] = message;
    }

    private static async Task<IResult> AddAsync(
        HttpContext http, PampsDbContext db, CommentSites sites, CommentMetrics metrics, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var email = input.Email("email");
        var comment = input.Text("comment", TextMax);
        var contentId = input.IntegerOrText("content_id", ContentIdMax);
        ContentId content = default;
        if (input.IsValid && (contentId.Contains('/', StringComparison.Ordinal) || !ContentId.TryParse(contentId, out content)))
        {
            input.Add("a content id has no slashes and no control characters", "value_error", "body", "content_id");
        }

        if (input.IsValid && !CommentText.TryClean(comment, out comment))
        {
            input.Add("the comment must hold a visible character and no control characters", "value_error", "body", "comment");
        }

        if (!input.IsValid)
        {
            return Refuse(input);
        }

        var draft = new CommentDraft(content, comment, ParentId: null, AuthorId: null, AuthorName: null, email, ByModerator: false);
        var (outcome, _) = await AddComment.StoreAsync(draft, db, sites, metrics, clock, cancellationToken);
        return outcome switch
        {
            CommentOutcome.Added => Older.Answer(200, new StatusBody("SUCCESS", $"comment created and associated with content_id {contentId}")),
            CommentOutcome.Locked => Failure(403, $"content_id {contentId} takes no more comments"),
            _ => NotFound(contentId),
        };
    }

    private static async Task<IResult> ListAsync(HttpContext http, PampsDbContext db, CancellationToken cancellationToken)
    {
        var contentId = http.GetRouteValue("content_id") as string ?? "";
        var thread = ContentId.TryParse(contentId, out var content) ? await ContentThreads.FindAsync(db, content, cancellationToken) : null;
        if (thread is null or { State: ContentThreadState.Hidden })
        {
            return NotFound(contentId);
        }

        var comments = await db.Comments.AsNoTracking().Where(comment => comment.ThreadId == thread.Id).WhereStanding().OrderBy(comment => comment.Id)
            .Select(comment => new CommentBody(comment.AuthorName ?? comment.Author!.Username ?? comment.AuthorEmail ?? "", comment.Text))
            .ToListAsync(cancellationToken);
        return comments.Count == 0 ? NotFound(contentId) : Older.Answer(200, comments);
    }

    private static JsonHttpResult<StatusBody> NotFound(string contentId) =>
        Older.Answer(404, new StatusBody("NOT-FOUND", $"content_id {contentId} not found"));

    /// <summary>A body that is no JSON object at all is a 400 here; fields that are wrong are a 422, as in the other APIs.</summary>
    private static JsonHttpResult<JsonObject> Refuse(OlderInput input)
    {
        if (input.IsTooLarge)
        {
            return Failure(413, $"The body is larger than {OlderBody.Max} bytes");
        }

        if (input.IsUnreadable)
        {
            return Failure(400, "The body must be a JSON object");
        }

        var body = new JsonObject { ["detail"] = input.Errors.List };
        AddStatus(body, 422, "The comment is not valid");
        return Older.Answer(422, body);
    }

    private static JsonHttpResult<JsonObject> Failure(int status, string detail)
    {
        var body = new JsonObject { ["detail"] = detail };
        AddStatus(body, status, detail);
        return Older.Answer(status, body);
    }
}

/// <summary>A new comment of the comments API.</summary>
internal sealed record CommentRequest(
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("comment")] string Comment,
    [property: JsonPropertyName("content_id")] string ContentId);

/// <summary>A comment of the comments API.</summary>
internal sealed record CommentBody(
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("comment")] string Comment);

/// <summary>What the comments API says it did.</summary>
internal sealed record StatusBody(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("message")] string Message);
