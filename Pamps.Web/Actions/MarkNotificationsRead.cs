using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;
using Pamps.Web.Components;
using Pamps.Web.Components.Shell;

namespace Pamps.Web.Actions;

/// <summary>Marks notifications read.</summary>
internal static class MarkNotificationsRead
{
    /// <summary>Marks everything up to <paramref name="upToId"/> read: what came later was not on the page.</summary>
    public static async Task<IResult> HandleAsync(
        [FromForm] string upToId, [FromForm] string? returnUrl, NotificationsClient notifications, Visitor visitor, UnreadCounts counts, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var marked = await notifications.MarkReadAsync(upToId, cancellationToken);
        counts.Forget(visitor.Id ?? "");
        return marked.Succeeded ? answer.Done(returnUrl, null) : await answer.FailedAsync(marked.Problem);
    }
}
