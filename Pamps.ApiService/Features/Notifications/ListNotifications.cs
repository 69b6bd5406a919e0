using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Notifications;

internal static class ListNotifications
{
    private const int ActorsShown = 5;

    /// <summary>Lists what happened to the caller, the newest first; likes of one post are one entry that names the latest and counts all.</summary>
    /// <param name="page">The page.</param>
    /// <param name="types">Only these types, separated by commas: follow, mention, reply, like, report, import, warning.</param>
    /// <param name="unreadOnly">Only what is not marked read.</param>
    /// <param name="db">The database.</param>
    /// <param name="posts">Makes answers of posts.</param>
    /// <param name="user">The caller.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<Ok<NotificationsResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page,
        [FromQuery] string? types,
        [FromQuery] bool? unreadOnly,
        PampsDbContext db,
        PostProjection posts,
        CurrentUser user,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve("notifications", out var window))
        {
            return Problems.InvalidCursor();
        }

        if (!TryReadTypes(types, out var wanted))
        {
            return Problems.Invalid("types", "Must be some of follow, mention, reply, like, report, import, warning, separated by commas.");
        }

        var accountId = user.RequiredId;
        var now = clock.GetUtcNow();
        var visible = VisibleNotifications.Of(db, accountId, now, wanted);
        if (unreadOnly is true)
        {
            visible = visible.Where(notification => notification.ReadAt == null);
        }

        // A group stands where its newest member stands.
        var groups = visible
            .GroupBy(notification => new { notification.PostId, Single = notification.Type == NotificationType.Like ? 0 : notification.Id })
            .Select(group => new Group
            {
                Id = group.Max(notification => notification.Id),
                Count = group.Count(),
                Unread = group.Count(notification => notification.ReadAt == null),
            });
        var rows = await window.Apply(groups, group => group.Id).ToListAsync(cancellationToken);
        var shown = window.ToPage(rows, group => group.Id, group => group);
        var items = await DescribeAsync(db, posts, visible, shown.Items, accountId, cancellationToken);
        PageLinks.Write(context, shown.NextCursor, shown.PrevCursor);
        var unread = await VisibleNotifications.CountUnreadAsync(db, accountId, now, cancellationToken);
        return TypedResults.Ok(new NotificationsResponse(items, shown.NextCursor, shown.PrevCursor, unread.Count));
    }

    private static async Task<IReadOnlyList<NotificationResponse>> DescribeAsync(
        PampsDbContext db, PostProjection posts, IQueryable<Notification> visible, IReadOnlyList<Group> groups, long accountId, CancellationToken cancellationToken)
    {
        long[] ids = [.. groups.Select(group => group.Id)];
        var newest = await db.Notifications.AsNoTracking().Where(notification => ids.Contains(notification.Id))
            .ToDictionaryAsync(notification => notification.Id, cancellationToken);
        var actorIds = new Dictionary<long, List<long>>();
        foreach (var group in groups)
        {
            var notification = newest[group.Id];

            // Only groups of several ask for more than their newest actor; they are few on a page.
            actorIds[group.Id] = group.Count > 1
                ? await visible.Where(other => other.Type == NotificationType.Like && other.PostId == notification.PostId && other.ActorId != null)
                    .OrderByDescending(other => other.Id).Select(other => other.ActorId!.Value).Take(ActorsShown).ToListAsync(cancellationToken)
                : notification.ActorId is { } actorId ? [actorId] : [];
        }

        long[] allActors = [.. actorIds.Values.SelectMany(actors => actors).Distinct()];
        var actors = await db.Accounts.AsNoTracking().Where(account => allActors.Contains(account.Id)).ToDictionaryAsync(account => account.Id, cancellationToken);
        long[] postIds = [.. newest.Values.Select(notification => notification.PostId).OfType<long>().Distinct()];
        var warnings = await ReadWarningsAsync(db, newest.Values, cancellationToken);
        var shownPosts = (await posts.ReadAsync(postIds, accountId, cancellationToken)).ToDictionary(post => post.Id);
        return
        [
            .. groups.Select(group =>
            {
                var notification = newest[group.Id];
                return new NotificationResponse(
                    WireId.Format(group.Id),
                    notification.Type,
                    notification.CreatedAt,
                    Read: group.Unread == 0,
                    [.. actorIds[group.Id].Where(actors.ContainsKey).Select(id => AccountProjection.ToSummary(actors[id]))],
                    notification.ActorId is null ? 0 : group.Count,
                    notification.PostId is { } postId ? shownPosts.GetValueOrDefault(WireId.Format(postId)) : null,
                    // The warned need not know which report it was: others may be behind it.
                    notification.Type is NotificationType.Warning ? null : WireId.Format(notification.SubjectId),
                    notification is { Type: NotificationType.Warning, SubjectId: { } reportId } ? warnings.GetValueOrDefault(reportId) : null);
            }),
        ];
    }

    /// <summary>What moderators wrote to the warned, by report.</summary>
    private static async Task<Dictionary<long, string?>> ReadWarningsAsync(
        PampsDbContext db, IReadOnlyCollection<Notification> notifications, CancellationToken cancellationToken)
    {
        long[] reportIds = [.. notifications.Where(notification => notification.Type is NotificationType.Warning).Select(notification => notification.SubjectId).OfType<long>()];
        return reportIds.Length == 0
            ? []
            : await db.Reports.Where(report => reportIds.Contains(report.Id)).ToDictionaryAsync(report => report.Id, report => report.Resolution, cancellationToken);
    }

    private static bool TryReadTypes(string? text, out List<NotificationType>? types)
    {
        types = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        types = [];
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // Numbers are parsed too, and are no names.
            if (!char.IsLetter(name.FirstOrDefault()) || !Enum.TryParse<NotificationType>(name, ignoreCase: true, out var type))
            {
                return false;
            }

            types.Add(type);
        }

        return true;
    }

    private sealed class Group
    {
        public long Id { get; init; }

        public int Count { get; init; }

        public int Unread { get; init; }
    }
}
