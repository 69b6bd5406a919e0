using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Blocks;

internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder routes)
    {
        var blocks = routes.MapGroup("/api/v1").WithTags("Blocks");
        blocks.MapPut("/accounts/{username}/block", BlockAccount.HandleAsync).WithName(nameof(BlockAccount)).RequireScope(Scopes.WriteBlocks).Refuses(ProblemCodes.ValidationFailed);
        blocks.MapDelete("/accounts/{username}/block", UnblockAccount.HandleAsync).WithName(nameof(UnblockAccount)).RequireScope(Scopes.WriteBlocks);
        blocks.MapPut("/accounts/{username}/mute", MuteAccount.HandleAsync).WithName(nameof(MuteAccount)).RequireScope(Scopes.WriteBlocks);
        blocks.MapDelete("/accounts/{username}/mute", UnmuteAccount.HandleAsync).WithName(nameof(UnmuteAccount)).RequireScope(Scopes.WriteBlocks);
        blocks.MapGet("/me/blocks", ListBlocks.HandleAsync).WithName(nameof(ListBlocks)).RequireScope(Scopes.ReadFollows);
        blocks.MapGet("/me/mutes", ListMutes.HandleAsync).WithName(nameof(ListMutes)).RequireScope(Scopes.ReadFollows);
    }
}
