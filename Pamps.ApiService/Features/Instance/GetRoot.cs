using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Instance;

internal static class GetRoot
{
    /// <summary>Tells where the API and its documents are.</summary>
    public static Ok<ServiceResponse> Handle() =>
        TypedResults.Ok(new ServiceResponse(GetInstance.Name, GetInstance.Version, "/api/v1", "/openapi.json", "/docs", "/redoc", "Welcome to Pamps. The documents are at /docs."));
}
