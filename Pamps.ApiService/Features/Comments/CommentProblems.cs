using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

/// <summary>The refusals that several comment routes share.</summary>
internal static class CommentProblems
{
    /// <summary>What a text must be.</summary>
    public const string TextRule = "The text must hold a visible character, no control characters, and be valid Unicode.";

    /// <summary>400: the content id cannot be one.</summary>
    public static ProblemHttpResult InvalidContentId(string field) =>
        Problems.Invalid(field, $"A content id has 1 to {CommentLimits.ContentIdMax} characters in its canonical form and no control characters.");

    /// <summary>403: the thread takes no more comments.</summary>
    public static ProblemHttpResult Locked() => Problems.Of(StatusCodes.Status403Forbidden, ProblemCodes.ThreadLocked);

    /// <summary>The refusal of an outcome.</summary>
    public static ProblemHttpResult Of(CommentOutcome outcome) => outcome is CommentOutcome.Locked ? Locked() : Problems.NotFound();
}
