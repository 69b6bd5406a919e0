using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Actions;

/// <summary>Follows, mutes or blocks an account, or ends that.</summary>
internal static class SetRelation
{
    /// <summary>Sets the relation to <paramref name="on"/>; a script gets the new count of followers.</summary>
    public static async Task<IResult> HandleAsync(
        string username, string relation, [FromForm] bool on, [FromForm] string? returnUrl, [FromQuery] string? to, AccountsClient accounts, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var set = await accounts.SetRelationAsync(username, relation, on, cancellationToken);
        return set.Succeeded
            ? answer.Done(to ?? returnUrl, null, set.Value.FollowerCount.ToString(CultureInfo.InvariantCulture))
            : await answer.FailedAsync(set.Problem);
    }
}
