using Microsoft.OpenApi;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// Describes what the older routes take. They read requests themselves, since the framework would refuse with 400 and 415
/// what their clients expect as 422, so the document cannot see it in the handlers' parameters.
/// </summary>
internal static class OlderDocs
{
    /// <summary>The name and the sentence of an operation.</summary>
    public static RouteHandlerBuilder Says(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary);

    /// <summary>An answer of a kind, and the errors beside it.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, params ReadOnlySpan<int> errors)
    {
        endpoint.Produces<T>(status);
        return endpoint.Fails(errors);
    }

    /// <summary>An answer without a body, and the errors beside it.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int status, params ReadOnlySpan<int> errors)
    {
        endpoint.Produces(status);
        return endpoint.Fails(errors);
    }

    /// <summary>A JSON body.</summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint) => endpoint.Takes<T>("application/json");

    /// <summary>A form.</summary>
    public static RouteHandlerBuilder TakesForm<T>(this RouteHandlerBuilder endpoint) => endpoint.Takes<T>("application/x-www-form-urlencoded");

    /// <summary>An optional query parameter.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, string name, JsonSchemaType type, string description) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
            });
            return Task.CompletedTask;
        });

    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, string contentType) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [contentType] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken) },
                },
            });

    private static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, ReadOnlySpan<int> errors)
    {
        foreach (var status in errors)
        {
            if (status == StatusCodes.Status422UnprocessableEntity)
            {
                endpoint.Produces<OlderValidation>(status);
            }
            else
            {
                endpoint.Produces<OlderDetail>(status);
            }
        }

        return endpoint;
    }
}
