using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

internal static class ShowPageSignIn
{
    /// <summary>Shows the sign-in of the API page.</summary>
    public static ContentHttpResult HandleAsync() => TypedResults.Content(SignInPage.Render(), SignInPage.ContentType);
}
