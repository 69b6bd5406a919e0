using Microsoft.AspNetCore.Cors.Infrastructure;
using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Adapters;

/// <summary>What all older APIs share as endpoints: their OpenAPI group, who may call from a browser, how callers sign in.</summary>
internal static class OlderEndpoints
{
    /// <summary>The CORS policy of the originals: any origin. No cookies, so a foreign page acts for nobody.</summary>
    private const string CorsPolicy = "older";

    /// <summary>Registers the older APIs; before <c>AddPampsHttp</c>, since the first writer of problems that can, writes.</summary>
    public static void AddOlderApis(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OlderOptions>().BindConfiguration("Adapters");
        builder.Services.AddSingleton<IProblemDetailsWriter, OlderProblemWriter>();
        builder.Services.AddOpenApi(Older.Group, OlderDocument.Configure);
        builder.Services.AddCors(cors => cors.AddPolicy(CorsPolicy, policy => policy
            .AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader().SetPreflightMaxAge(TimeSpan.FromSeconds(600))));
    }

    /// <summary>Maps those that are switched on.</summary>
    public static void MapOlderApis(this IEndpointRouteBuilder routes)
    {
        var on = routes.ServiceProvider.GetRequiredService<IConfiguration>().GetSection("Adapters").Get<OlderOptions>() ?? new OlderOptions();
        routes.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new IgnoreCredentials());
        if (on.Microblog)
        {
            routes.MapMicroblogApi();
        }

        if (on.Votes)
        {
            routes.MapVotesApi();
        }

        if (on.Comments)
        {
            routes.MapCommentsApi();
        }

        if (on.Blog)
        {
            routes.MapBlogApi();
        }

        if (on.Debts)
        {
            routes.MapDebtsApi();
        }
    }

    /// <summary>The group of an older API. Old credentials do not stand in the way of its open routes.</summary>
    public static RouteGroupBuilder MapOlder(this IEndpointRouteBuilder routes, string tag) =>
        routes.MapGroup("").WithTags(tag).WithGroupName(Older.Group).RequireCors(CorsPolicy).DisableAntiforgery()
            .WithMetadata(new IgnoreCredentials(), new AcceptsApiKeyAnywhere());

    /// <summary>Asks for credentials with a scope, before anything of the request is read.</summary>
    public static RouteHandlerBuilder SignedIn(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint
            .AddEndpointFilter((context, next) => OlderAccess.Refuse(context.HttpContext, scope) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context))
            .Produces<OlderDetail>(StatusCodes.Status401Unauthorized)
            .WithMetadata(new ScopeRequirement(scope));

    /// <summary>Puts the manners of the originals before everything else.</summary>
    public static void UseOlderApis(this IApplicationBuilder app) => app.Use(AnswerPreflightAsync);

    /// <summary>Answers the preflight of a browser with 200, as the originals do; the framework's 204 is the same to browsers but not to tests.</summary>
    private static Task AnswerPreflightAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode == StatusCodes.Status204NoContent
                    && http.GetEndpoint()?.Metadata.GetMetadata<IEnableCorsAttribute>() is { PolicyName: CorsPolicy })
                {
                    http.Response.StatusCode = StatusCodes.Status200OK;
                    http.Response.ContentLength = 0;
                }

                return Task.CompletedTask;
            });
        }

        return next(http);
    }
}
