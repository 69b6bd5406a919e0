using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;
using Pamps.Web.Auth;
using Pamps.Web.Components.Comments;
using Pamps.Web.Http;

namespace Pamps.Web.Actions;

/// <summary>What somebody without an account sent from a thread.</summary>
/// <param name="Name">The name to show.</param>
/// <param name="Email">The e-mail address, never shown.</param>
/// <param name="Text">The text.</param>
/// <param name="Problem">Why it was not taken.</param>
/// <param name="Expired">The form was open for too long; the same form with a new signature is shown.</param>
/// <param name="Signature">The signature to send again, where the comment may have been taken without our knowing.</param>
public sealed record GuestComment(string Name, string Email, string Text, ApiProblem? Problem, bool Expired, string? Signature);

/// <summary>Comments by name and e-mail address, from the page of a thread or from within a frame of another site, where no cookie travels.</summary>
internal static class AddGuestComment
{
    /// <summary>Adds the comment and leads back to the thread, or shows the form again with what is wrong.</summary>
    public static async Task<IResult> HandleAsync(
        [FromQuery] string? id,
        [FromForm] string? authorName,
        [FromForm] string? authorEmail,
        [FromForm] string? text,
        [FromForm] string? signature,
        CommentsClient comments,
        GuestForms forms,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        // The form carries no antiforgery token, so it may do nothing in anybody's name: whoever is signed in is a guest here.
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        context.Features.Set<VisitorSession>(null);

        var contentId = id ?? "";
        var (name, email, words) = ((authorName ?? "").Trim(), (authorEmail ?? "").Trim(), (text ?? "").ReplaceLineEndings("\n").Trim());
        if (!forms.IsSigned(contentId, signature))
        {
            return Again(new(name, email, words, null, Expired: true, null), StatusCodes.Status422UnprocessableEntity);
        }

        var added = await comments.AddAsync(
            contentId, new AddCommentRequest { Text = words, AuthorName = name, AuthorEmail = email }, KeyOf(signature!, name, email, words), cancellationToken);
        if (!added.Succeeded)
        {
            var problem = added.Problem;
            return Again(
                new(name, email, words, problem, Expired: false, problem.IsOutage || problem.Code == ProblemCodes.RequestInFlight ? signature : null),
                problem.IsOutage || problem.Status == StatusCodes.Status429TooManyRequests ? problem.Status : StatusCodes.Status422UnprocessableEntity);
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location =
            $"{(PageHeaders.IsFramed(context.Request) ? PageHeaders.EmbedPath : PageHeaders.ContentPath)}?id={Uri.EscapeDataString(contentId)}&sent={(added.Value.Pending ? "waiting" : "published")}#comment-{added.Value.Id}";
        return TypedResults.Empty;

        RazorComponentResult<GuestDocument> Again(GuestComment comment, int status) =>
            new(new { Comment = comment, Framed = PageHeaders.IsFramed(context.Request) }) { StatusCode = status };
    }

    /// <summary>
    /// The idempotency key: one form sent twice with the same words is one comment, however often it is pressed. The words
    /// belong to it because a shared cache gives the same form to all who ask within its seconds.
    /// </summary>
    private static string KeyOf(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
