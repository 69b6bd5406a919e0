using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Feeds;

internal static class SaveMarker
{
    private static readonly string[] Feeds = ["home", "public", "notifications"];

    /// <summary>Stores how far the caller has read a feed. It only moves forward, on whatever device, unless forced.</summary>
    public static async Task<Results<Ok<MarkerResponse>, ProblemHttpResult>> HandleAsync(
        string feed, SetMarkerRequest request, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Feeds.Contains(feed))
        {
            return Problems.NotFound();
        }

        if (!WireId.TryParseFloor(request.LastReadId, out var lastRead))
        {
            return Problems.Invalid("lastReadId", "Must be an id.");
        }

        // One statement, so that two devices cannot move it back between a read and a write.
        var accountId = user.RequiredId;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into markers (account_id, feed, last_read_id, updated_at) values ({accountId}, {feed}, {lastRead}, {clock.GetUtcNow()})
            on conflict (account_id, feed) do update set last_read_id = excluded.last_read_id, updated_at = excluded.updated_at
            where {request.Force} or markers.last_read_id < excluded.last_read_id
            """,
            cancellationToken);
        var marker = await db.Markers.AsNoTracking().SingleAsync(marker => marker.AccountId == accountId && marker.Feed == feed, cancellationToken);
        return TypedResults.Ok(new MarkerResponse(marker.Feed, WireId.Format(marker.LastReadId), marker.UpdatedAt));
    }
}
