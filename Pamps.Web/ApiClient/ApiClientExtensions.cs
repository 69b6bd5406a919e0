using Pamps.ServiceDefaults;

namespace Pamps.Web.ApiClient;

/// <summary>Registers the clients of the API.</summary>
internal static class ApiClientExtensions
{
    /// <summary>Adds one typed client per feature over one connection that service discovery resolves.</summary>
    public static void AddApiClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient<VisitorHeadersHandler>();
        builder.Services
            .AddHttpClient<ApiConnection>(http => http.BaseAddress = new($"https+http://{ResourceNames.ApiService}"))
            .AddHttpMessageHandler<VisitorHeadersHandler>();
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
}
