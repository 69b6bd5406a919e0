using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Adapters;

/// <summary>What all older APIs share as endpoints: their OpenAPI group, who may call from a browser, how callers sign in.</summary>
internal static class OlderEndpoints
{
    /// <summary>Registers the older APIs; before <c>AddPampsHttp</c>, since the first writer of problems that can, writes.</summary>
    public static void AddOlderApis(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OlderOptions>().BindConfiguration("Adapters");
        builder.Services.AddSingleton<IProblemDetailsWriter, OlderProblemWriter>();
        builder.Services.AddOpenApi(Older.Group, OlderDocument.Configure);
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
        routes.MapGroup("").WithTags(tag).WithGroupName(Older.Group).DisableAntiforgery()
            .WithMetadata(new IgnoreCredentials(), new AcceptsApiKeyAnywhere());

    /// <summary>Asks for credentials with a scope, before anything of the request is read.</summary>
    public static RouteHandlerBuilder SignedIn(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint
            .AddEndpointFilter((context, next) => OlderAccess.Refuse(context.HttpContext, scope) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context))
            .Produces<OlderDetail>(StatusCodes.Status401Unauthorized)
            .WithMetadata(new ScopeRequirement(scope));

    /// <summary>Lets browsers in from anywhere; before everything else, so that refusals can be read there too.</summary>
    public static void UseOlderApis(this IApplicationBuilder app) => app.Use(OlderCors.AnswerAsync);
}
