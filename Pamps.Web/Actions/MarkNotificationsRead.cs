using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Actions;

/// <summary>Marks notifications read.</summary>
internal static class MarkNotificationsRead
{
    /// <summary>Marks everything up to <paramref name="upToId"/> read: what came later was not on the page.</summary>
    public static async Task<IResult> HandleAsync(
        [FromForm] string upToId, [FromForm] string? returnUrl, NotificationsClient notifications, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var marked = await notifications.MarkReadAsync(upToId, cancellationToken);
        return marked.Succeeded ? answer.Done(returnUrl, null) : await answer.FailedAsync(marked.Problem);
    }
}
