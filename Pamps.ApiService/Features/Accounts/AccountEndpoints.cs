using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

internal static class AccountEndpoints
{
    /// <summary>Adds what exports and erases accounts.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AccountOptions>().BindConfiguration("Accounts");
        builder.Services.AddEventHandler<ExportRequested, BuildExport>();
        builder.Services.AddEventHandler<AccountPurged, EraseAccount>();
        builder.Services.AddHostedService<PurgeAccounts>();
    }

    /// <summary>Maps accounts and the caller's own one.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/v1/accounts").WithTags("Accounts");
        accounts.MapGet("/", ListAccounts.HandleAsync).WithName(nameof(ListAccounts));
        accounts.MapPost("/", RegisterAccount.HandleAsync).WithName(nameof(RegisterAccount)).WithMetadata(new IgnoreCredentials())
            .Limited(RateLimit.Register).Refuses(ProblemCodes.UsernameTaken, ProblemCodes.EmailTaken);
        accounts.MapGet("/{username}", GetAccount.HandleAsync).WithName(nameof(GetAccount));
        // The hyphen cannot stand in a user name, so no account is shadowed.
        accounts.MapGet("/by-id/{accountId:long}", GetAccount.HandleByIdAsync).WithName("GetAccountById");

        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/", GetMe.HandleAsync).WithName(nameof(GetMe)).RequireScope(Scopes.ReadAccount);
        me.MapPatch("/", UpdateProfile.HandleAsync).WithName(nameof(UpdateProfile)).RequireScope(Scopes.WriteAccount)
            .Refuses(ProblemCodes.EmailTaken, ProblemCodes.Forbidden);
        me.MapDelete("/", DeleteAccount.HandleAsync).WithName(nameof(DeleteAccount)).RequireScope(Scopes.WriteAccount).RequireSession();
        me.MapPost("/password", ChangePassword.HandleAsync).WithName(nameof(ChangePassword)).RequireScope(Scopes.WriteAccount).RequireSession();

        var exports = me.MapGroup("/exports").RequireSession();
        exports.MapPost("/", RequestExport.HandleAsync).WithName(nameof(RequestExport)).RequireScope(Scopes.WriteAccount).Idempotent();
        exports.MapGet("/", GetExport.HandleListAsync).WithName("ListExports").RequireScope(Scopes.ReadAccount);
        exports.MapGet("/{exportId:long}", GetExport.HandleAsync).WithName(nameof(GetExport)).RequireScope(Scopes.ReadAccount);
        exports.MapGet("/{exportId:long}/file", DownloadExport.HandleAsync).WithName(nameof(DownloadExport)).RequireScope(Scopes.ReadAccount)
            .Produces(StatusCodes.Status200OK, contentType: "application/zip").Refuses(ProblemCodes.Conflict, ProblemCodes.Gone)
            .DisableRequestTimeout();
    }
}
