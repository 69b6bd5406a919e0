using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Instance;

internal static class GetProblemCode
{
    /// <summary>Tells what a problem code means: the address that the <c>type</c> of problem documents leads to.</summary>
    /// <param name="code">The code.</param>
    public static Results<Ok<ProblemCodeResponse>, ProblemHttpResult> Handle(string code, HttpRequest request) =>
        ProblemTexts.All.TryGetValue(code, out var known)
            ? TypedResults.Ok(new ProblemCodeResponse(code, known.Status, ProblemTexts.Title(code, Languages.Of(request))))
            : Problems.NotFound();
}
