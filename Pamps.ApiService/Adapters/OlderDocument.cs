using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The OpenAPI document of the older APIs, at <c>/openapi/older.json</c>. They have one of their own because nothing that
/// holds for the canonical document (problem details, opaque ids, cursors) holds for them.
/// </summary>
internal static class OlderDocument
{
    private const string Password = "OAuth2PasswordBearer";

    private const string KeyHeader = "APIKeyHeader";

    private const string KeyQuery = "APIKeyQuery";

    private const string KeyCookie = "APIKeyCookie";

    /// <summary>Fills the document in.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // By default a document also takes what names no document.
        options.ShouldInclude = description => description.GroupName == Older.Group;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Pamps",
                Version = "0.1.0",
                Description = "The older APIs that Pamps keeps alive for their clients. New clients use `/api/v1`.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Password] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Flows = new OpenApiOAuthFlows
                    {
                        Password = new OpenApiOAuthFlow { TokenUrl = new Uri("/token", UriKind.Relative), Scopes = new Dictionary<string, string>() },
                    },
                },
                [KeyHeader] = Key(ParameterLocation.Header, PampsAuthentication.ApiKeyHeader),
                [KeyQuery] = Key(ParameterLocation.Query, ApiKeySource.Name),
                [KeyCookie] = Key(ParameterLocation.Cookie, ApiKeySource.Name),
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeRequirement>().Any())
            {
                operation.Security = [.. new[] { Password, KeyHeader, KeyQuery, KeyCookie }.Select(scheme =>
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
            }

            return Task.CompletedTask;
        });
    }

    private static OpenApiSecurityScheme Key(ParameterLocation place, string name) =>
        new() { Type = SecuritySchemeType.ApiKey, In = place, Name = name };
}
