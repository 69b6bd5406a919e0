using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Auth;

/// <summary>What is checked of an access token before and after its signature, and instead of it when this process has verified it before.</summary>
internal sealed class AccessTokenEvents(VerifiedTokens verified, CallerStates states) : JwtBearerEvents
{
    private const string BearerStart = "Bearer ";
    private const string NotOurs = "Not an access token of this service.";
    private const string SessionEnded = "The session has ended.";

    /// <summary>Refuses whatever does not look exactly like a token of ours, before any library parses it (RFC 8725 §3.1).</summary>
    /// <param name="context">The request.</param>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            context.NoResult();
        }
        else if (authorization.Count > 1 || authorization[0] is not { } header ||
            !header.StartsWith(BearerStart, StringComparison.OrdinalIgnoreCase))
        {
            context.Fail(NotOurs);
        }
        else if (verified.Find(header.AsSpan(BearerStart.Length)) is { } known)
        {
            context.Principal = await PrincipalAsync(known, context.Scheme.Name, context.HttpContext.RequestAborted);
            if (context.Principal is null)
            {
                context.Fail(SessionEnded);
            }
            else
            {
                context.Success();
            }
        }
        else if (AccessTokenShape.IsPlausible(header.AsSpan(BearerStart.Length)))
        {
            context.Token = header[BearerStart.Length..];
        }
        else
        {
            context.Fail(NotOurs);
        }
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

        var token = new VerifiedToken(
            accountId, sessionId, context.Principal!.FindFirst(PampsClaims.Scope)?.Value ?? "", context.SecurityToken.ValidTo);
        context.Principal = await PrincipalAsync(token, context.Scheme.Name, context.HttpContext.RequestAborted);
        if (context.Principal is null)
        {
            context.Fail(SessionEnded);
            return;
        }

        verified.Add(context.Request.Headers.Authorization.ToString().AsSpan(BearerStart.Length), token);
    }

    private async ValueTask<ClaimsPrincipal?> PrincipalAsync(VerifiedToken token, string scheme, CancellationToken cancellationToken) =>
        await states.OfSessionAsync(token.SessionId, token.AccountId, cancellationToken) is { } state
            ? CallerPrincipal.Of(state, token.SessionId, scheme, token.Scope)
            : null;
}
