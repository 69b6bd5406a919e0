using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Pamps.ApiService.Contracts;
using Pamps.ServiceDefaults;
using StackExchange.Redis;

namespace Pamps.Web.Auth;

/// <summary>Registers sessions and what may be done in them.</summary>
internal static class SessionRegistration
{
    /// <summary>The policy of pages that only moderators see.</summary>
    public const string Moderators = nameof(Moderators);

    /// <summary>The policy of pages that work with debts.</summary>
    public const string BillingOperators = nameof(BillingOperators);

    /// <summary>Marks a request made by a script of the site: it is answered in a few words instead of with a page.</summary>
    public const string ScriptHeader = "Pamps-Script";

    /// <summary>Adds the cookie, its store on Redis and the policies.</summary>
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IConnectionMultiplexer>(provider => Connect(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionRefresher>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<GuestForms>();
        services.AddScoped<SessionEvents>();
        services.AddScoped<SessionSignIn>();

        services.AddDataProtection().SetApplicationName("Pamps.Web");
        services.AddSingleton<IXmlRepository, SharedKeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, keyRing) => options.XmlRepository = keyRing);

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SessionStore, IHostEnvironment>((options, store, environment) =>
            {
                options.SessionStore = store;
                options.EventsType = typeof(SessionEvents);
                options.ExpireTimeSpan = SessionStore.Lifetime;
                options.SlidingExpiration = true;
                // The prefix binds the cookie to this host and to https; plain http is for development and tests.
                options.Cookie.Name = environment.IsDevelopment() ? "session" : "__Host-session";
                options.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.Path = "/";
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(Moderators, policy => policy.RequireClaim(
                SessionClaims.Role, nameof(AccountRole.Moderator), nameof(AccountRole.Administrator)))
            .AddPolicy(BillingOperators, policy => policy.RequireClaim(SessionClaims.BillingOperator));
        services.AddCascadingAuthenticationState();
        services.AddHealthChecks().AddCheck<SessionStoreHealthCheck>(ResourceNames.Cache);
    }

    /// <summary>Whether a script of the site asks.</summary>
    public static bool IsScripted(this HttpRequest request) => request.Headers.ContainsKey(ScriptHeader);

    private static ConnectionMultiplexer Connect(IConfiguration configuration)
    {
        var options = ConfigurationOptions.Parse(
            configuration.GetConnectionString(ResourceNames.Cache)
            ?? throw new InvalidOperationException($"The connection string '{ResourceNames.Cache}' is missing."));
        // A Redis that is away for a moment must not stop the site; the client connects again by itself.
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2000;
        options.SyncTimeout = 2000;
        options.KeepAlive = 60;
        return ConnectionMultiplexer.Connect(options);
    }
}
