using System.IO.Compression;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Http;

internal static class PampsHttp
{
    private static readonly string[] ExposedHeaders =
    [
        "ETag", "Link", "Location", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "RateLimit-Policy",
        "WWW-Authenticate", "Deprecation", "Sunset", Idempotency.ReplayedHeader,
    ];

    /// <summary>Adds how the API speaks: JSON, validation, problem documents, limits, the document of it all.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddPampsHttp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<HttpOptions>().BindConfiguration("Http").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddPampsJson();
        // Before the framework's own writer: the first that can, writes.
        builder.Services.AddSingleton<IProblemDetailsWriter, SignInPage>();
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureHandler>();
        builder.Services.AddValidation();
        builder.Services.AddRateLimits();
        builder.Services.AddSingleton<IdempotencyClaims>();
        builder.Services.AddSingleton<IdempotentRequests>();
        builder.AddDocuments();
        // In every environment, so that an unreadable body is described in one place.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddRequestTimeouts();
        builder.Services.AddOptions<Microsoft.AspNetCore.Http.Timeouts.RequestTimeoutOptions>().Configure<IOptions<HttpOptions>>(
            (timeouts, http) => timeouts.DefaultPolicy = new()
            {
                Timeout = http.Value.RequestTimeout,
                TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<HttpOptions>>(LimitKestrel);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HttpOptions>>(TrustProxies);
        builder.Services.AddCompression();
        builder.Services.AddCors();
        builder.Services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<HttpOptions>>((cors, http) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins(http.Value.CorsOrigins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .AllowAnyHeader()
                .AllowAnyMethod()
                .WithExposedHeaders(ExposedHeaders)
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
    }

    /// <summary>Puts the stations of a request in their order.</summary>
    /// <param name="app">The application.</param>
    public static void UsePampsHttp(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.Use(Documents.ProtectPagesAsync);
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.Use(app.Services.GetRequiredService<RateLimits>().InvokeAsync);
        app.UseDocumentPages();
        app.Use(AccessProblems.RefuseBadCredentialsAsync);
        app.UseAuthorization();
        app.UseWebSockets();
        app.UseRequestTimeouts();
        app.Use(app.Services.GetRequiredService<IdempotentRequests>().InvokeAsync);
    }

    private static void LimitKestrel(KestrelServerOptions kestrel, IOptions<HttpOptions> http)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = http.Value.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = http.Value.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = http.Value.HeadersTimeout;
    }

    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<HttpOptions> http)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // The defaults trust the own machine, where others may run programs too.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in http.Value.TrustedProxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        if (forwarded.KnownIPNetworks.Count == 0)
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.None;
        }
    }

    private static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // No answer mixes a secret with text that somebody else chose, which is what attacks on compression need.
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/rss+xml", "application/x-ndjson"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }
}
