namespace Pamps.ApiService.Features.Instance;

internal static class InstanceEndpoints
{
    /// <summary>Maps what the server tells of itself.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapInstance(this IEndpointRouteBuilder routes)
    {
        var instance = routes.MapGroup("").WithTags("Instance");
        instance.MapGet("/", GetRoot.Handle).WithName(nameof(GetRoot));
        instance.MapGet("/api/v1/instance", GetInstance.Handle).WithName(nameof(GetInstance));
        instance.MapGet("/.well-known/oauth-authorization-server", GetAuthorizationServer.Handle).WithName(nameof(GetAuthorizationServer));
        instance.MapGet("/problems/{code}", GetProblemCode.Handle).WithName(nameof(GetProblemCode));
    }
}
