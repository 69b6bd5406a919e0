using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// One running API, in this process and on a real Kestrel with a random port. A type of the API other than its
/// <c>Program</c> marks the entry point, since several projects have one of that name.
/// </summary>
internal sealed class ApiServer : WebApplicationFactory<PampsDbContext>
{
    private readonly ApiSettings _settings;
    private readonly OutgoingHttp _outgoing;

    private ApiServer(ApiSettings settings, OutgoingHttp outgoing)
    {
        _settings = settings;
        _outgoing = outgoing;
        UseKestrel(0);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it logged.</summary>
    public RecordedLog Log { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="settings">Configuration, clock and services.</param>
    /// <param name="outgoing">Whom it may call.</param>
    public static ApiServer Start(ApiSettings settings, OutgoingHttp outgoing)
    {
        var server = new ApiServer(settings, outgoing);
        server.StartServer();
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>A client without cookies and redirects, so that tests see what the API really answered.</summary>
    /// <param name="token">The bearer token to send.</param>
    public HttpClient Connect(string? token = null)
    {
        var handler = new LoggedHandler(Log) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } };
        var http = new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings.Values)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ILoggerProvider>(Log);
            services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(_outgoing.CreateHandler));

            // Queries whose answer depends on chance are mistakes; in production they would only be a line of the log.
            services.ConfigureDbContext<PampsDbContext>(options => options.ConfigureWarnings(warnings => warnings.Throw(
                CoreEventId.RowLimitingOperationWithoutOrderByWarning,
                CoreEventId.FirstWithoutOrderByAndFilterWarning,
                CoreEventId.DistinctAfterOrderByWithoutRowLimitingOperatorWarning,
                CoreEventId.PossibleUnintendedReferenceComparisonWarning,
                RelationalEventId.MultipleCollectionIncludeWarning)));

            if (_settings.Clock is { } clock)
            {
                services.RemoveAll<TimeProvider>();
                services.AddSingleton(clock);
            }

            _settings.Services?.Invoke(services);
        });
    }

    private sealed class LoggedHandler(RecordedLog log) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Options.Set(RecordedLog.OfRequest, log);
            var response = await base.SendAsync(request, cancellationToken);
            SeenStatuses.Note(request.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode);
            return response;
        }
    }
}
