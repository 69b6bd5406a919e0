using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Auth;

/// <summary>Answers callers that are not let in, with problem details and <c>WWW-Authenticate</c> (RFC 6750 §3).</summary>
internal sealed class AccessProblems : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Challenged)
        {
            return RefuseAsync(context);
        }

        var failed = authorizeResult.AuthorizationFailure?.FailedRequirements ?? [];
        if (failed.OfType<ScopeRequirement>().FirstOrDefault() is { } scope)
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope.Scope}\"";
            return WriteAsync(context, StatusCodes.Status403Forbidden, ProblemCodes.ScopeMissing, $"The credentials need the scope {scope.Scope}.");
        }

        var detail = failed.Any(requirement => requirement is SessionRequirement) ? "An API key cannot do this; sign in with a password." : null;
        return WriteAsync(context, StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, detail);
    }

    /// <summary>Refuses credentials that were presented and are not good, and suspended accounts, on every route: to go on as nobody would hide the mistake.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public static Task RefuseBadCredentialsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IgnoreCredentials>() is not null)
        {
            return next(context);
        }

        if (context.User.Identity?.IsAuthenticated is true)
        {
            return context.User.HasClaim(claim => claim.Type == CallerPrincipal.SuspendedClaim)
                ? WriteAsync(context, StatusCodes.Status403Forbidden, ProblemCodes.AccountSuspended)
                : next(context);
        }

        return context.Request.Headers.ContainsKey(HeaderNames.Authorization) || context.Request.Headers.ContainsKey(PampsAuthentication.ApiKeyHeader)
            ? RefuseAsync(context)
            : next(context);
    }

    private static async Task RefuseAsync(HttpContext context)
    {
        // Done already by the authentication middleware; it remembers the outcome but publishes only success.
        var failure = (await context.AuthenticateAsync()).Failure;
        if (failure is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await WriteAsync(context, StatusCodes.Status401Unauthorized, ProblemCodes.TokenMissing);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        await WriteAsync(context, StatusCodes.Status401Unauthorized,
            failure is SecurityTokenExpiredException ? ProblemCodes.TokenExpired : ProblemCodes.TokenInvalid);
    }

    private static Task WriteAsync(HttpContext context, int status, string code, string? detail = null)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Detail = detail, Extensions = { ["code"] = code } };
        return context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem }).AsTask();
    }
}

/// <summary>Marks endpoints that take no notice of credentials, such as sign-in: an old token must not stand in its way.</summary>
internal sealed record IgnoreCredentials;
