using System.Globalization;
using System.Security.Claims;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Auth;

/// <summary>The principal of a request: the few claims that <see cref="CurrentUser"/> reads, all from the database or checked against it.</summary>
internal static class CallerPrincipal
{
    /// <summary>Marks a principal whose account is suspended; it is refused before any endpoint runs.</summary>
    public const string SuspendedClaim = "suspended";

    /// <summary>Makes the principal of a session or a key.</summary>
    /// <param name="state">The state of the credentials.</param>
    /// <param name="sessionId">The session; null for an API key.</param>
    /// <param name="scheme">The authentication scheme.</param>
    /// <param name="scope">What the credentials allow.</param>
    public static ClaimsPrincipal Of(CallerState state, long? sessionId, string scheme, string scope)
    {
        var identity = new ClaimsIdentity(scheme, PampsClaims.Subject, PampsClaims.Role);
        identity.AddClaim(new Claim(PampsClaims.Subject, Text(state.AccountId)));
        identity.AddClaim(new Claim(PampsClaims.Scope, scope));
        if (sessionId is { } session)
        {
            identity.AddClaim(new Claim(PampsClaims.Session, Text(session)));
        }

        if (state.ApiKeyId is { } key)
        {
            identity.AddClaim(new Claim(PampsClaims.ApiKey, Text(key)));
        }

        if (state.Role is not AccountRole.User)
        {
            identity.AddClaim(new Claim(PampsClaims.Role, state.Role.ToString()));
        }

        if (state.BillingOperator)
        {
            identity.AddClaim(new Claim(PampsClaims.BillingOperator, "1"));
        }

        if (state.Suspended)
        {
            identity.AddClaim(new Claim(SuspendedClaim, "1"));
        }

        return new ClaimsPrincipal(identity);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
