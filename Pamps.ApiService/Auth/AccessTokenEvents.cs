using Microsoft.AspNetCore.Authentication.JwtBearer;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Auth;

/// <summary>What is checked of an access token before and after its signature.</summary>
internal sealed class AccessTokenEvents : JwtBearerEvents
{
    private const string BearerStart = "Bearer ";

    /// <summary>Refuses whatever does not look exactly like a token of ours, before any library parses it (RFC 8725 §3.1).</summary>
    /// <param name="context">The request.</param>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            context.NoResult();
        }
        else if (authorization.Count > 1 || authorization[0] is not { } header ||
            !header.StartsWith(BearerStart, StringComparison.OrdinalIgnoreCase) ||
            !AccessTokenShape.IsPlausible(header.AsSpan(BearerStart.Length)))
        {
            context.Fail("Not an access token of this service.");
        }
        else
        {
            context.Token = header[BearerStart.Length..];
        }

        return Task.CompletedTask;
    }

    /// <summary>Looks up the session and puts the present rights of the account in the place of what the token says.</summary>
    /// <param name="context">The validated token.</param>
    public override async Task TokenValidated(TokenValidatedContext context)
    {
        if (!WireId.TryParse(context.Principal?.FindFirst(PampsClaims.Subject)?.Value, out var accountId) ||
            !WireId.TryParse(context.Principal?.FindFirst(PampsClaims.Session)?.Value, out var sessionId))
        {
            context.Fail("The token names no session.");
            return;
        }

        var states = context.HttpContext.RequestServices.GetRequiredService<CallerStates>();
        var state = await states.OfSessionAsync(sessionId, accountId, context.HttpContext.RequestAborted);
        if (state is null)
        {
            context.Fail("The session has ended.");
            return;
        }

        context.Principal = CallerPrincipal.Of(state, sessionId, context.Scheme.Name, context.Principal!.FindFirst(PampsClaims.Scope)?.Value ?? "");
    }
}
