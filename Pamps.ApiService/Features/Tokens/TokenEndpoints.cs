using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

internal static class TokenEndpoints
{
    /// <summary>Adds what issues tokens.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddTokens(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddScoped<PasswordGrant>();
        builder.Services.AddScoped<RefreshGrant>();
    }

    /// <summary>Maps sign-in, sign-out and sessions.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        // No cookies are read, so a foreign page cannot use anybody's sign-in: no antiforgery tokens.
        var tokens = routes.MapGroup("/api/v1/oauth").WithTags("Tokens").DisableAntiforgery().WithMetadata(new IgnoreCredentials());
        tokens.MapPost("/token", IssueToken.HandleAsync).WithName(nameof(IssueToken)).Limited(RateLimit.SignIn)
            .Refuses(ProblemCodes.InvalidGrant, ProblemCodes.InvalidScope, ProblemCodes.UnsupportedGrantType, ProblemCodes.AccountSuspended);
        tokens.MapPost("/revoke", RevokeToken.HandleAsync).WithName(nameof(RevokeToken));

        var sessions = routes.MapGroup("/api/v1/me/sessions").WithTags("Sessions").RequireSession();
        sessions.MapGet("/", ListSessions.HandleAsync).WithName(nameof(ListSessions)).RequireScope(Scopes.ReadAccount);
        sessions.MapDelete("/", RevokeAllSessions.HandleAsync).WithName(nameof(RevokeAllSessions)).RequireScope(Scopes.WriteAccount);
        sessions.MapDelete("/{sessionId:long}", RevokeSession.HandleAsync).WithName(nameof(RevokeSession)).RequireScope(Scopes.WriteAccount);

        // The API page signs in by cookie. What the cookie speaks for is these routes alone, and only to our own pages.
        var page = routes.MapGroup("/docs").DisableAntiforgery().WithMetadata(new IgnoreCredentials()).AddEndpointFilter<OwnPageFilter>().ExcludeFromDescription();
        page.MapGet("/sign-in", ShowPageSignIn.HandleAsync).WithName(nameof(ShowPageSignIn));
        page.MapPost("/sign-in", SignInToPage.HandleAsync).WithName(nameof(SignInToPage)).Limited(RateLimit.SignIn);
        page.MapPost("/session", ExchangePageSession.HandleAsync).WithName(nameof(ExchangePageSession));
        page.MapPost("/sign-out", SignOutOfPage.HandleAsync).WithName(nameof(SignOutOfPage));
    }
}
