using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Adapters;

/// <summary>Tells the refusal of a use case in the words of an older API.</summary>
internal static class OlderRefusal
{
    /// <summary>
    /// Validation becomes 422 at the older name of the field; what is not there, or not any more, becomes 404 with the words
    /// of that API; the rest keeps its status.
    /// </summary>
    /// <param name="problem">The refusal.</param>
    /// <param name="notFound">What that API says of a missing thing.</param>
    /// <param name="names">Fields that are called otherwise there: ours, theirs.</param>
    public static IResult Of(ProblemHttpResult problem, string notFound, params ReadOnlySpan<(string Ours, string Theirs)> names)
    {
        if (problem.ProblemDetails is HttpValidationProblemDetails { Errors: { Count: > 0 } errors })
        {
            var list = new JsonArray();
            foreach (var (field, messages) in errors)
            {
                var name = field;
                foreach (var (ours, theirs) in names)
                {
                    name = field == ours ? theirs : name;
                }

                list.Add(new JsonObject { ["loc"] = new JsonArray("body", name), ["msg"] = messages[0], ["type"] = "value_error" });
            }

            return Older.Invalid(list);
        }

        return problem.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status410Gone
            ? Older.Detail(StatusCodes.Status404NotFound, notFound)
            : Older.Detail(problem.StatusCode, problem.ProblemDetails.Detail ?? ProblemTexts.Title((string)problem.ProblemDetails.Extensions[Problems.CodeMember]!, Languages.English));
    }
}
