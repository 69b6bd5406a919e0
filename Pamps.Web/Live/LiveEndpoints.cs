namespace Pamps.Web.Live;

/// <summary>What scripts ask for while a page is open.</summary>
internal static class LiveEndpoints
{
    /// <summary>Maps the event stream and the suggestions of the composer.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        var live = routes.MapGroup("").RequireAuthorization();
        live.MapGet("/events", EventStream.HandleAsync);
        live.MapGet("/suggest", Suggest.HandleAsync);
    }
}
