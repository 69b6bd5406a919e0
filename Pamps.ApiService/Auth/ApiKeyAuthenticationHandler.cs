using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Pamps.ApiService.Auth;

/// <summary>Checks a personal API key, found by <see cref="ApiKeySource"/>.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerStates states)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = ApiKeySource.Find(Context) ?? "";
        var state = await states.OfApiKeyAsync(key, Context.RequestAborted);
        return state is null
            ? AuthenticateResult.Fail("The API key is unknown, revoked or expired.")
            : AuthenticateResult.Success(new AuthenticationTicket(
                CallerPrincipal.Of(state, sessionId: null, Scheme.Name, state.Scope), Scheme.Name));
    }
}
