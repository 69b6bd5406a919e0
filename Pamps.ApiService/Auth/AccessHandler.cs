using Microsoft.AspNetCore.Authorization;

namespace Pamps.ApiService.Auth;

/// <summary>Decides the requirements of this folder.</summary>
internal sealed class AccessHandler(CurrentUser user) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        foreach (var requirement in context.PendingRequirements)
        {
            var met = requirement switch
            {
                ScopeRequirement scope => user.HasScope(scope.Scope),
                RankRequirement { Rank: Rank.Moderator } => user.IsModerator,
                RankRequirement { Rank: Rank.Administrator } => user.IsAdministrator,
                RankRequirement { Rank: Rank.BillingOperator } => user.IsBillingOperator,
                SessionRequirement => user.SessionId is not null,
                _ => false,
            };
            if (met)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}
