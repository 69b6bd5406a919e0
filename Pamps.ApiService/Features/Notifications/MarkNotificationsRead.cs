using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Notifications;

internal static class MarkNotificationsRead
{
    /// <summary>Marks notifications read, all up to one or just some; answers how many wait still. To repeat it changes nothing.</summary>
    public static async Task<Results<Ok<UnreadCountResponse>, ProblemHttpResult>> HandleAsync(
        MarkNotificationsReadRequest request, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if ((request.UpToId is null) == (request.Ids is null))
        {
            return Problems.Invalid("upToId", "Give either upToId or ids.");
        }

        var upTo = 0L;
        if (request.UpToId is not null && !WireId.TryParse(request.UpToId, out upTo))
        {
            return Problems.Invalid("upToId", "Must be the id of a notification.");
        }

        var ids = new List<long>();
        foreach (var text in request.Ids ?? [])
        {
            if (!WireId.TryParse(text, out var id))
            {
                return Problems.Invalid("ids", "Must be ids of notifications.");
            }

            ids.Add(id);
        }

        var accountId = user.RequiredId;
        var now = clock.GetUtcNow();
        var unread = db.Notifications.Where(notification => notification.RecipientId == accountId && notification.ReadAt == null);

        // The id of a group of likes is that of its newest; older ones of the same post go with it.
        var named = request.UpToId is not null
            ? unread.Where(notification => notification.Id <= upTo)
            : unread.Where(notification => ids.Contains(notification.Id) || (notification.Type == NotificationType.Like &&
                db.Notifications.Any(newest => ids.Contains(newest.Id) && newest.RecipientId == accountId &&
                    newest.Type == NotificationType.Like && newest.PostId == notification.PostId && newest.Id > notification.Id)));
        if (await named.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.ReadAt, now), cancellationToken) > 0)
        {
            // Lost with the process between the two, this only costs other devices their next look.
            db.Publish(new NotificationsRead(accountId));
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.Ok(await VisibleNotifications.CountUnreadAsync(db, accountId, now, cancellationToken));
    }
}
