using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Follows;

internal static class FollowEndpoints
{
    public static void MapFollows(this IEndpointRouteBuilder routes)
    {
        var follows = routes.MapGroup("/api/v1").WithTags("Follows");
        follows.MapPut("/accounts/{username}/follow", FollowAccount.HandleAsync).WithName(nameof(FollowAccount)).RequireScope(Scopes.WriteFollows).Refuses(ProblemCodes.ValidationFailed);
        follows.MapDelete("/accounts/{username}/follow", UnfollowAccount.HandleAsync).WithName(nameof(UnfollowAccount)).RequireScope(Scopes.WriteFollows);
        follows.MapDelete("/accounts/{username}/follower", RemoveFollower.HandleAsync).WithName(nameof(RemoveFollower)).RequireScope(Scopes.WriteFollows);
        follows.MapGet("/accounts/{username}/followers", ListFollowers.HandleAsync).WithName(nameof(ListFollowers));
        follows.MapGet("/accounts/{username}/following", ListFollowing.HandleAsync).WithName(nameof(ListFollowing));
        follows.MapGet("/relationships", GetRelationships.HandleAsync).WithName(nameof(GetRelationships)).RequireScope(Scopes.ReadFollows);
    }
}
