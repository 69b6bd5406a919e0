using System.Collections.Concurrent;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Auth;

/// <summary>
/// Exchanges the tokens of a session before they end. A refresh token is good once, and a page with its fragments and
/// stream makes several requests at a time: in this process they share one exchange per session; a second replica that
/// comes at the same moment is covered by the API, which accepts a used token for a few seconds.
/// </summary>
internal sealed class SessionRefresher(SessionStore store, IServiceScopeFactory scopes, TimeProvider clock)
{
    // Renewed this long before the end, so that a token does not expire between here and the API.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Lazy<Task<RefreshOutcome>>> _running = new();

    /// <summary>Whether the access token is about to end.</summary>
    public bool IsDue(VisitorSession session) => session.ExpiresAt - clock.GetUtcNow() < Margin;

    /// <summary>Exchanges the tokens, or joins an exchange that is already running.</summary>
    public async Task<RefreshOutcome> RefreshAsync(VisitorSession session)
    {
        // The task is not tied to the request that happens to start it: others wait for it too.
        var exchange = _running.GetOrAdd(session.Id, id => new(() => ExchangeAsync(id)));
        try
        {
            return await exchange.Value;
        }
        finally
        {
            _running.TryRemove(new(session.Id, exchange));
        }
    }

    private async Task<RefreshOutcome> ExchangeAsync(string sessionId)
    {
        // Read again: another request, or another replica, may have finished between this one's reading and now.
        var ticket = await store.RetrieveAsync(sessionId);
        if (ticket?.Properties.Session() is not { } session)
        {
            return RefreshOutcome.Unavailable;
        }

        if (!IsDue(session))
        {
            return new(session, Ended: false);
        }

        await using var scope = scopes.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<TokensClient>().RefreshAsync(session.RefreshToken, CancellationToken.None);
        if (!answer.Succeeded)
        {
            // Only a clear no ends the session; an API that is away or busy says nothing about it.
            return answer.Problem.Status is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
                ? new(null, Ended: true)
                : RefreshOutcome.Unavailable;
        }

        var renewed = SessionOf(sessionId, answer.Value, clock);
        ticket.Properties.Keep(renewed);
        await store.RenewAsync(sessionId, ticket);
        return new(renewed, Ended: false);
    }

    /// <summary>The session that an answer of the token endpoint makes.</summary>
    public static VisitorSession SessionOf(string sessionId, TokenResponse tokens, TimeProvider clock) =>
        new(sessionId, tokens.AccessToken, tokens.RefreshToken, clock.GetUtcNow().AddSeconds(tokens.ExpiresIn));
}

/// <summary>What an exchange of tokens came to.</summary>
/// <param name="Session">The session with new tokens.</param>
/// <param name="Ended">The API refused the refresh token: the session is over.</param>
internal sealed record RefreshOutcome(VisitorSession? Session, bool Ended)
{
    /// <summary>The API or the store is away; the session may still be good.</summary>
    public static readonly RefreshOutcome Unavailable = new(null, Ended: false);
}
