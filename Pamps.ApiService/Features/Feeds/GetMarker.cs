using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Feeds;

internal static class GetMarker
{
    /// <summary>Reads how far the caller has read a feed.</summary>
    public static async Task<Results<Ok<MarkerResponse>, ProblemHttpResult>> HandleAsync(
        string feed, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var accountId = user.RequiredId;
        return await db.Markers.AsNoTracking().SingleOrDefaultAsync(marker => marker.AccountId == accountId && marker.Feed == feed, cancellationToken) is { } marker
            ? TypedResults.Ok(new MarkerResponse(marker.Feed, WireId.Format(marker.LastReadId), marker.UpdatedAt))
            : Problems.NotFound();
    }
}
