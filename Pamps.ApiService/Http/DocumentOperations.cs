using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.ApiService.Http;

/// <summary>Completes each operation of the document: outcomes that follow from its form, security, headers, examples.</summary>
internal sealed class DocumentOperations(IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    private const string ProblemType = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        AddExamples(operation, context);
        if (HttpMethods.IsGet(context.Description.HttpMethod ?? "") && operation.Responses.TryGetValue("200", out var read) && read.Content?.ContainsKey("application/json") is true)
        {
            // See ConditionalReads.
            operation.Responses.TryAdd("304", new OpenApiResponse { Description = "Not Modified" });
        }

        foreach (var size in context.Description.ParameterDescriptions.Where(parameter => parameter.ParameterDescriptor?.ParameterType == typeof(PageSize?)))
        {
            // To the document's generator a type that reads itself is a text.
            Array.ForEach([.. operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Name == size.Name) ?? []], parameter =>
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Default = JsonValue.Create(PageLimits.Default) });
        }

        var scopes = metadata.OfType<ScopeRequirement>().Select(requirement => requirement.Scope).ToList();
        var protectedOperation = metadata.OfType<IAuthorizeData>().Any() || metadata.OfType<AuthorizationPolicy>().Any();
        if (protectedOperation)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Documents.OAuthScheme, context.Document)] = scopes },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Documents.ApiKeyScheme, context.Document)] = [] },
            ];
            if (metadata.OfType<SessionRequirement>().Any())
            {
                operation.Security.RemoveAt(1);
            }
        }

        var idempotent = metadata.OfType<IdempotentOperation>().Any();
        if (idempotent)
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "1 to 255 printable characters. A repetition with the same key and body is answered with the first answer, for 24 hours.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
                Example = "8e03978e-40d5-43dd-bc93-6894a57f9324",
            });
        }

        var schema = await context.GetOrCreateSchemaAsync(typeof(HttpValidationProblemDetails), null, cancellationToken);
        context.Document?.AddComponent("Problem", schema);
        foreach (var group in Codes(operation, context, protectedOperation, idempotent).Distinct().GroupBy(code => ProblemTexts.All[code].Status))
        {
            AddProblem(operation, context, group.Key, [.. group]);
        }
    }

    private static IEnumerable<string> Codes(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool isProtected, bool idempotent)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var parameters = operation.Parameters ?? [];
        if (operation.RequestBody is not null)
        {
            yield return ProblemCodes.MalformedRequest;
            yield return ProblemCodes.ValidationFailed;
            yield return ProblemCodes.TooLarge;
            yield return ProblemCodes.UnsupportedMediaType;
        }
        else if (parameters.Any(parameter => parameter.In is ParameterLocation.Query))
        {
            yield return ProblemCodes.MalformedRequest;
        }

        if (parameters.Any(parameter => parameter.Name == "cursor"))
        {
            yield return ProblemCodes.InvalidCursor;
        }

        if (parameters.Any(parameter => parameter.In is ParameterLocation.Path) && !metadata.OfType<FindsAnything>().Any())
        {
            yield return ProblemCodes.NotFound;
        }

        if (!metadata.OfType<IgnoreCredentials>().Any())
        {
            if (isProtected)
            {
                yield return ProblemCodes.TokenMissing;
            }

            yield return ProblemCodes.TokenInvalid;
            yield return ProblemCodes.TokenExpired;
            yield return ProblemCodes.AccountSuspended;
        }

        if (metadata.OfType<ScopeRequirement>().Any())
        {
            yield return ProblemCodes.ScopeMissing;
        }

        if (metadata.OfType<RankRequirement>().Any() || metadata.OfType<SessionRequirement>().Any())
        {
            yield return ProblemCodes.Forbidden;
        }

        if (idempotent)
        {
            yield return ProblemCodes.MalformedRequest;
            yield return ProblemCodes.RequestInFlight;
            yield return ProblemCodes.IdempotencyKeyReused;
        }

        foreach (var code in metadata.OfType<Refusals>().SelectMany(refusals => refusals.Codes))
        {
            yield return code;
        }

        yield return ProblemCodes.RateLimited;
        yield return ProblemCodes.InternalError;
        yield return ProblemCodes.Unavailable;
    }

    /// <summary>Most operations share their refusals, so each set of codes is one component.</summary>
    private static void AddProblem(OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, IReadOnlyList<string> codes)
    {
        var name = string.Join('.', codes);
        context.Document!.AddComponent(name, new OpenApiResponse
        {
            Description = string.Join(" ", codes.Select(code => $"`{code}`: {ProblemTexts.All[code].English}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemType] = new()
                {
                    Schema = new OpenApiSchemaReference("Problem", context.Document),
                    Example = new JsonObject
                    {
                        ["type"] = $"/problems/{codes[0]}",
                        ["title"] = ProblemTexts.All[codes[0]].English,
                        ["status"] = status,
                        ["instance"] = "/api/v1/…",
                        ["code"] = codes[0],
                        ["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    },
                },
            },
        });
        operation.Responses![status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponseReference(name, context.Document);
    }

    private void AddExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var options = json.Value.SerializerOptions;
        if (operation.RequestBody?.Content is { } request &&
            context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body")?.Type is { } bodyType)
        {
            foreach (var content in request.Values)
            {
                content.Example ??= DocumentExamples.Of(bodyType, options);
            }
        }

        foreach (var response in context.Description.SupportedResponseTypes)
        {
            if (response.Type is { } type && type != typeof(void) &&
                operation.Responses!.TryGetValue(response.StatusCode.ToString(CultureInfo.InvariantCulture), out var documented) && documented.Content is { } contents)
            {
                foreach (var (mediaType, content) in contents)
                {
                    if (mediaType == "application/json")
                    {
                        content.Example ??= DocumentExamples.Of(type, options);
                    }
                }
            }
        }
    }
}
