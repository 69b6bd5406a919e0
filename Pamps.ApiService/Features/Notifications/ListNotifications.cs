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

        // A group stands where its newest like stands. That one is found by there being none newer: grouping all likes
        // that somebody ever got, to show twenty, took seconds for who has many. The id above 0 is explained in VisibleNotifications.
        var likes = visible.Where(notification => notification.Type == NotificationType.Like);
        var newest = visible.Where(notification => notification.Type != NotificationType.Like ||
            !likes.Any(newer => newer.PostId == notification.PostId && newer.Id > notification.Id && notification.Id > 0));
        var rows = await window.Apply(newest.AsNoTracking(), notification => notification.Id).ToListAsync(cancellationToken);
        var shown = window.ToPage(rows, notification => notification.Id, notification => notification);
        var items = await DescribeAsync(db, posts, likes, shown.Items, accountId, cancellationToken);
        PageLinks.Write(context, shown.NextCursor, shown.PrevCursor);
        var unread = await VisibleNotifications.CountUnreadAsync(db, accountId, now, cancellationToken);
        return TypedResults.Ok(new NotificationsResponse(items, shown.NextCursor, shown.PrevCursor, unread.Count));
    }

    private static async Task<IReadOnlyList<NotificationResponse>> DescribeAsync(
        PampsDbContext db, PostProjection posts, IQueryable<Notification> likes, IReadOnlyList<Notification> shown, long accountId, CancellationToken cancellationToken)
    {
        long[] likedIds = [.. shown.Where(notification => notification.Type is NotificationType.Like).Select(notification => notification.PostId).OfType<long>()];
        var groups = await ReadGroupsAsync(db, likes, likedIds, cancellationToken);
        Group GroupOf(Notification notification) =>
            notification is { Type: NotificationType.Like, PostId: { } post } && groups.TryGetValue(post, out var group)
                ? group
                : new Group(1, notification.ReadAt is null ? 1 : 0, notification.ActorId is { } actor ? [actor] : []);

        long[] actorIds = [.. shown.SelectMany(notification => GroupOf(notification).ActorIds).Distinct()];
        var actors = await db.Accounts.AsNoTracking().Where(account => actorIds.Contains(account.Id)).ToDictionaryAsync(account => account.Id, cancellationToken);
        long[] postIds = [.. shown.Select(notification => notification.PostId).OfType<long>().Distinct()];
        var warnings = await ReadWarningsAsync(db, shown, cancellationToken);
        var shownPosts = (await posts.ReadAsync(postIds, accountId, cancellationToken)).ToDictionary(post => post.Id);
        return
        [
            .. shown.Select(notification =>
            {
                var group = GroupOf(notification);
                return new NotificationResponse(
                    WireId.Format(notification.Id),
                    notification.Type,
                    notification.CreatedAt,
                    Read: group.Unread == 0,
                    [.. group.ActorIds.Where(actors.ContainsKey).Select(id => AccountProjection.ToSummary(actors[id]))],
                    notification.ActorId is null ? 0 : group.Count,
                    notification.PostId is { } postId ? shownPosts.GetValueOrDefault(WireId.Format(postId)) : null,
                    // The warned need not know which report it was: others may be behind it.
                    notification.Type is NotificationType.Warning ? null : WireId.Format(notification.SubjectId),
                    notification is { Type: NotificationType.Warning, SubjectId: { } reportId } ? warnings.GetValueOrDefault(reportId) : null);
            }),
        ];
    }

    /// <summary>How many likes stand behind the newest of each post, how many of them are unread, and who the latest few are; by post.</summary>
    private static async Task<Dictionary<long, Group>> ReadGroupsAsync(
        PampsDbContext db, IQueryable<Notification> likes, long[] postIds, CancellationToken cancellationToken)
    {
        if (postIds.Length == 0)
        {
            return [];
        }

        var counts = await likes.Where(like => postIds.Contains(like.PostId!.Value))
            .GroupBy(like => like.PostId!.Value)
            .Select(group => new { PostId = group.Key, Count = group.Count(), Unread = group.Count(like => like.ReadAt == null) })
            .ToListAsync(cancellationToken);
        var latest = await db.Posts.Where(post => postIds.Contains(post.Id))
            .SelectMany(post => likes.Where(like => like.PostId == post.Id && like.ActorId != null).OrderByDescending(like => like.Id).Take(ActorsShown)
                .Select(like => new { PostId = post.Id, like.Id, ActorId = like.ActorId!.Value }))
            .ToListAsync(cancellationToken);
        var actors = latest.OrderByDescending(like => like.Id).ToLookup(like => like.PostId, like => like.ActorId);
        return counts.ToDictionary(group => group.PostId, group => new Group(group.Count, group.Unread, [.. actors[group.PostId]]));
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

    private sealed record Group(int Count, int Unread, IReadOnlyList<long> ActorIds);
}
