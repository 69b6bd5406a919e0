using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pamps.Tests.ServiceDefaults;

public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_reach_a_collector()
    {
        await using var collector = await Collector.StartAsync();
        await using (var service = await ServiceHost.StartAsync(
            builder =>
            {
                builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
                builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
                builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=key";
                builder.Configuration["OTEL_SERVICE_NAME"] = "service-under-test";
                builder.ConfigureOpenTelemetry();
            },
            app => app.MapGet("/things/{id}", (int id, ILogger<TelemetryExportTests> logger) =>
            {
                using (logger.BeginScope("scope of {Number}", 4711))
                {
                    logger.LogInformation("thing {Id} was read", id);
                }
            })))
        {
            using var response = await service.Client.GetAsync("/things/7");
            response.EnsureSuccessStatusCode();
        }

        // Stopping the service has sent everything. Texts stand in a protobuf message as they are.
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Received.Keys.Order());
        AssertContains(collector.Received["/v1/traces"], "GET /things/{id}", "http.response.status_code", "service-under-test");
        AssertContains(collector.Received["/v1/metrics"], "http.server.request.duration", "dotnet.gc.collections", "service-under-test");
        AssertContains(collector.Received["/v1/logs"], "thing 7 was read", "Number", "service-under-test");
        Assert.All(collector.Keys, key => Assert.Equal("key", key));
    }

    [Fact]
    public async Task Nothing_is_exported_without_a_collector()
    {
        await using var service = await ServiceHost.StartAsync();

        Assert.DoesNotContain(
            service.Services.GetServices<Microsoft.Extensions.Options.IConfigureOptions<OpenTelemetry.Exporter.OtlpExporterOptions>>(), _ => true);
        using var response = await service.Client.GetAsync("/health");
        response.EnsureSuccessStatusCode();
    }

    private static void AssertContains(string message, params string[] texts) => Assert.All(texts, text => Assert.Contains(text, message, StringComparison.Ordinal));

    /// <summary>Receives OTLP over HTTP as any collector does, and keeps it as text.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Urls.Single();

        public ConcurrentDictionary<string, string> Received { get; } = new();

        public ConcurrentQueue<string?> Keys { get; } = new();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._app.Run(collector.ReceiveAsync);
            await collector._app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task ReceiveAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.UTF8.GetString(body.ToArray());
            Received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
            Keys.Enqueue(context.Request.Headers["x-otlp-api-key"]);
            context.Response.ContentType = "application/x-protobuf";
        }
    }
}
