using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>Which of the scopes that a client asks for an account may have.</summary>
internal static class GrantedScopes
{
    /// <summary>Decides; null when a scope is unknown or beyond the account's rights.</summary>
    /// <param name="asked">Scopes separated by blanks; absent or blank for the default.</param>
    /// <param name="account">The account.</param>
    public static string? Of(string? asked, Account account)
    {
        var scopes = (string.IsNullOrWhiteSpace(asked) ? Scopes.Default : asked)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return scopes.TrueForAll(scope => Scopes.All.ContainsKey(scope) && MayHave(scope, account)) ? string.Join(' ', scopes) : null;
    }

    /// <summary>Whether an account may have a scope.</summary>
    /// <param name="scope">One of <see cref="Scopes"/>.</param>
    /// <param name="account">The account.</param>
    public static bool MayHave(string scope, Account account) => scope switch
    {
        Scopes.AdminRead or Scopes.AdminWrite => account.Role is AccountRole.Moderator or AccountRole.Administrator,
        Scopes.BillingRead or Scopes.BillingWrite => account.BillingOperator || account.Role is AccountRole.Administrator,
        _ => true,
    };
}
