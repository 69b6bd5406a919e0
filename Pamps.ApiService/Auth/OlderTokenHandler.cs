using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Pamps.ApiService.Auth;

/// <summary>Lets in access tokens of the older APIs, on their routes and on the canonical ones, with the rights of their session and no others.</summary>
internal sealed class OlderTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, OlderTokens tokens, CallerStates states)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string BearerStart = "Bearer ";

    /// <summary>The token of a request that looks like one of these, or null.</summary>
    /// <param name="request">The request.</param>
    public static string? Find(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] &&
        header.StartsWith(BearerStart, StringComparison.OrdinalIgnoreCase) &&
        AccessTokenShape.IsPlausible(header.AsSpan(BearerStart.Length), named: false)
            ? header[BearerStart.Length..]
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Find(Request) is not { } token || tokens.Read(token, OlderTokens.Access) is not { } named)
        {
            return AuthenticateResult.Fail("Not an access token of this service.");
        }

        var state = await states.OfSessionAsync(named.SessionId, named.AccountId, Context.RequestAborted);
        return state is null
            ? AuthenticateResult.Fail("The session has ended.")
            : AuthenticateResult.Success(new AuthenticationTicket(
                CallerPrincipal.Of(state, named.SessionId, Scheme.Name, state.Scope), Scheme.Name));
    }
}
