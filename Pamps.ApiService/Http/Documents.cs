using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.OpenApi;
using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Http;

/// <summary>The OpenAPI document and the pages that show it.</summary>
internal static class Documents
{
    /// <summary>Name of the scheme of access tokens in the document.</summary>
    public const string OAuthScheme = "oauth2";

    /// <summary>Name of the scheme of API keys in the document.</summary>
    public const string ApiKeyScheme = "apiKey";

    /// <summary>Where the document is.</summary>
    public const string Address = "/openapi.json";

    private const string Pages = "/docs";

    // Both pages write styles into elements; ReDoc brings fonts of its own and searches in a worker that it makes itself. It
    // would also report to its makers and load their mark, which is refused here.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "worker-src blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Description = """
        The API of Pamps, a social blogging platform.

        Sign in at `POST /api/v1/oauth/token`, or make a personal API key. Ids are opaque strings; newer ones are larger.
        Instants are RFC 3339 in UTC. Lists are paged by `limit` (1 to 40, clamped) and `cursor`, or by `max_id`, `since_id`
        and `min_id` where they are ordered by id; the `Link` header and the body carry the same cursors. Every refusal is a
        problem document (RFC 9457) with a stable `code`. Every answer says how much of the rate limit is left
        (`X-RateLimit-Limit`, `X-RateLimit-Remaining`, `X-RateLimit-Reset`). Reads carry weak ETags.
        """;

    private const string ReferencePage = $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Pamps API</title>
        </head>
        <body style="margin: 0">
          <redoc spec-url="{Address}" disable-google-font="true"></redoc>
          <script type="module" src="redoc.standalone.js"></script>
        </body>
        </html>
        """;

    /// <summary>Adds the document.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddDocuments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DocumentOptions>().BindConfiguration("Docs").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<DocumentOperations>();
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Maps the document.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Address).WithMetadata(new IgnoreCredentials());

    /// <summary>Serves the pages: Swagger UI at <c>/docs</c>, ReDoc at <c>/redoc</c>, their files from within this program.</summary>
    /// <param name="app">The application.</param>
    public static void UseDocumentPages(this WebApplication app)
    {
        app.UseMiddleware<DocumentGate>();
        // In folder Http/Pages of the sources.
        var files = new EmbeddedFileProvider(typeof(Documents).Assembly, "Pamps.ApiService.Http.Pages");
        app.UseStaticFiles(new StaticFileOptions { RequestPath = Pages, FileProvider = files });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            // The page of the package evaluates texts as scripts, which the policy above forbids; ours knows sessions, too.
            page.IndexStream = () => files.GetFileInfo("docs.html").CreateReadStream();
        });
        app.UseReDoc(page =>
        {
            page.RoutePrefix = "redoc";
            page.DocumentTitle = "Pamps API";
            page.SpecUrl = Address;
            // The page of the package asks another server for fonts.
            page.IndexStream = () => new MemoryStream(Encoding.UTF8.GetBytes(ReferencePage));
        });
    }

    /// <summary>A sign-in is entered on these pages: nobody else's scripts run on them, and no other page frames them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public static Task ProtectPagesAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase) ||
            context.Request.Path.StartsWithSegments("/redoc", StringComparison.OrdinalIgnoreCase))
        {
            // When the answer starts: refusals and failures are pages too.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.ContentSecurityPolicy = PagePolicy;
                context.Response.Headers["Referrer-Policy"] = "same-origin";
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Pamps API",
            Version = "1",
            Description = Description,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // Addresses are relative to where the document was read: the build does not know where the API will run.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [OAuthScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Access token of the password grant; send it as `Authorization: Bearer …`.",
                Flows = new OpenApiOAuthFlows
                {
                    Password = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri("/api/v1/oauth/token", UriKind.Relative),
                        RefreshUrl = new Uri("/api/v1/oauth/token", UriKind.Relative),
                        Scopes = Scopes.All.ToDictionary(),
                    },
                },
            },
            [ApiKeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = PampsAuthentication.ApiKeyHeader,
                Description = "A personal API key; also accepted as a bearer token.",
            },
        };
    }
}
