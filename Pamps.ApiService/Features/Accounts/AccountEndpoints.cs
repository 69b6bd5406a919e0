using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

internal static class AccountEndpoints
{
    /// <summary>Maps accounts and the caller's own one.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/v1/accounts").WithTags("Accounts");
        accounts.MapPost("/", RegisterAccount.HandleAsync).WithName(nameof(RegisterAccount)).WithMetadata(new IgnoreCredentials())
            .Limited(RateLimit.Register).Refuses(ProblemCodes.UsernameTaken, ProblemCodes.EmailTaken);

        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/", GetMe.HandleAsync).WithName(nameof(GetMe)).RequireScope(Scopes.ReadAccount);
        me.MapPatch("/", UpdateProfile.HandleAsync).WithName(nameof(UpdateProfile)).RequireScope(Scopes.WriteAccount).Refuses(ProblemCodes.EmailTaken, ProblemCodes.Forbidden);
        me.MapPost("/password", ChangePassword.HandleAsync).WithName(nameof(ChangePassword)).RequireScope(Scopes.WriteAccount).RequireSession();
    }
}
