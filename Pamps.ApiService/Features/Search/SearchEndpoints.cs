namespace Pamps.ApiService.Features.Search;

internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/search", SearchAll.HandleAsync).WithName(nameof(SearchAll)).WithTags("Search");
    }
}
