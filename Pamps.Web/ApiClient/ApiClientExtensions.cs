using Pamps.ServiceDefaults;

namespace Pamps.Web.ApiClient;

/// <summary>Registers the clients of the API.</summary>
internal static class ApiClientExtensions
{
    /// <summary>Adds one typed client per feature over one connection that service discovery resolves.</summary>
    public static void AddApiClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>().BindConfiguration("Api")
            .Validate(options => options.TimeLimit > TimeSpan.Zero, "Api:TimeLimit must be more than nothing.").ValidateOnStart();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient<VisitorHeadersHandler>();
        builder.Services
            .AddHttpClient<ApiConnection>(http => http.BaseAddress = new($"https+http://{ResourceNames.ApiService}"))
            .AddHttpMessageHandler<VisitorHeadersHandler>();
        builder.Services
            .AddHttpClient(BillingClient.Uploads, http =>
            {
                http.BaseAddress = new($"https+http://{ResourceNames.ApiService}");
                http.Timeout = Timeout.InfiniteTimeSpan;
            })
            .AddHttpMessageHandler<VisitorHeadersHandler>()
            .ConfigureAdditionalHttpMessageHandlers(WithoutResilience);
        builder.Services.AddKeyedTransient(BillingClient.Uploads, (services, key) =>
            ActivatorUtilities.CreateInstance<ApiConnection>(services, services.GetRequiredService<IHttpClientFactory>().CreateClient((string)key!)));
        builder.Services.AddTransient<AccountsClient>();
        builder.Services.AddTransient<BillingClient>();
        builder.Services.AddTransient<CommentsClient>();
        builder.Services.AddTransient<FeedsClient>();
        builder.Services.AddTransient<MeClient>();
        builder.Services.AddTransient<NotificationsClient>();
        builder.Services.AddTransient<PostsClient>();
        builder.Services.AddTransient<ReportsClient>();
        builder.Services.AddTransient<TokensClient>();
    }

    /// <summary>
    /// Takes the pipeline of the defaults out: it ends every call after thirty seconds, and a file may take minutes. The
    /// package's own way to do so is experimental, so its handler is told by where it comes from.
    /// </summary>
    private static void WithoutResilience(IList<DelegatingHandler> handlers, IServiceProvider services)
    {
        foreach (var handler in handlers.Where(handler => handler.GetType().Namespace == "Microsoft.Extensions.Http.Resilience").ToList())
        {
            handlers.Remove(handler);
        }
    }
}
