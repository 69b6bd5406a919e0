using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>One's own account on the wire.</summary>
internal static class MeProjection
{
    /// <summary>Makes the answer of <c>/me</c>.</summary>
    /// <param name="account">The account.</param>
    /// <param name="postCount">Its published posts.</param>
    /// <param name="scope">What the credentials allow, separated by blanks.</param>
    public static MeResponse Of(Account account, int postCount, string scope) => new(
        WireId.Format(account.Id),
        account.Username,
        account.Email ?? "",
        account.DisplayName,
        account.Bio,
        account.AvatarUrl,
        account.Links,
        account.Language,
        account.Role,
        account.BillingOperator,
        account.CreatedAt,
        postCount,
        account.FollowerCount,
        account.FollowingCount,
        scope.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
