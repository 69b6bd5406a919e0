using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Adapters;

/// <summary>Refuses callers in the words that older clients compare.</summary>
internal static class OlderAccess
{
    /// <summary>Credentials are absent.</summary>
    public const string Missing = "Not authenticated";

    /// <summary>Credentials are there and not good.</summary>
    public const string Bad = "Could not validate credentials";

    /// <summary>The refusal, or null for a caller that may go on.</summary>
    public static JsonHttpResult<OlderDetail>? Refuse(HttpContext http, string scope)
    {
        var user = http.RequestServices.GetRequiredService<CurrentUser>();
        if (!user.IsSignedIn)
        {
            return Older.Unauthorized(http, HasCredentials(http) ? Bad : Missing);
        }

        if (http.User.HasClaim(claim => claim.Type == CallerPrincipal.SuspendedClaim))
        {
            return Older.Detail(StatusCodes.Status403Forbidden, "The account is suspended");
        }

        return user.HasScope(scope) ? null : Older.Detail(StatusCodes.Status403Forbidden, $"The credentials need the scope {scope}");
    }

    /// <summary>A bearer token, even an empty one, or an API key; a header of another scheme counts as absent.</summary>
    private static bool HasCredentials(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || ApiKeySource.Find(http) is not null;
    }
}
