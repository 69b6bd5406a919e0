using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

internal static class ListSessions
{
    private const int Most = 100;

    /// <summary>Lists where the caller is signed in, last used first, at most 100.</summary>
    public static async Task<Ok<IReadOnlyList<SessionResponse>>> HandleAsync(
        PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sessions = await db.Sessions.AsNoTracking()
            .Where(session => session.AccountId == user.RequiredId && session.RevokedAt == null && session.ExpiresAt > now)
            .OrderByDescending(session => session.LastUsedAt).ThenByDescending(session => session.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<SessionResponse>>(sessions.ConvertAll(session => new SessionResponse(
            WireId.Format(session.Id), session.Client, session.CreatedAt, session.LastUsedAt, session.Id == user.SessionId)));
    }
}
