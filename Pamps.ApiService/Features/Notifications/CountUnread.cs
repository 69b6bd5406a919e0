using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Notifications;

internal static class CountUnread
{
    private const int Max = 100;

    /// <summary>Counts the caller's unread notifications, up to a hundred: more is not read as a number.</summary>
    public static async Task<Ok<UnreadCountResponse>> HandleAsync(
        PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await OfAsync(db, user.RequiredId, clock.GetUtcNow(), cancellationToken));

    /// <summary>The count of an account.</summary>
    public static async Task<UnreadCountResponse> OfAsync(PampsDbContext db, long accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = await VisibleNotifications.Of(db, accountId, now).Where(notification => notification.ReadAt == null)
            .Take(Max + 1).CountAsync(cancellationToken);
        return new UnreadCountResponse(Math.Min(count, Max), More: count > Max);
    }
}
