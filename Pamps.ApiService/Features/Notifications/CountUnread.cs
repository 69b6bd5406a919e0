using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Notifications;

internal static class CountUnread
{
    /// <summary>Counts the caller's unread notifications, up to a hundred: more is not read as a number.</summary>
    public static async Task<Ok<UnreadCountResponse>> HandleAsync(
        PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await VisibleNotifications.CountUnreadAsync(db, user.RequiredId, clock.GetUtcNow(), cancellationToken));
}
