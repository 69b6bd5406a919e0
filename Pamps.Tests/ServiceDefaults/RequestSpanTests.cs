using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Pamps.Tests.ServiceDefaults;

public sealed class RequestSpanTests
{
    [Fact]
    public async Task A_request_is_named_after_its_route_and_described()
    {
        var span = await SpanOfAsync("/things/7?q=secret");

        Assert.Equal(("GET /things/{id}", ActivityKind.Server, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        Assert.Equal(
            ("GET", "/things/{id}", "/things/7", "http", "127.0.0.1", "1.1", 200),
            (span.GetTagItem("http.request.method"), span.GetTagItem("http.route"), span.GetTagItem("url.path"), span.GetTagItem("url.scheme"),
                span.GetTagItem("server.address"), span.GetTagItem("network.protocol.version"), span.GetTagItem("http.response.status_code")));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_request_without_a_route_is_named_after_its_method()
    {
        var span = await SpanOfAsync("/nowhere/4711");

        Assert.Equal(("GET", null, 404, ActivityStatusCode.Unset), (span.DisplayName, span.GetTagItem("http.route"), span.GetTagItem("http.response.status_code"), span.Status));
    }

    [Fact]
    public async Task A_failure_keeps_the_route_that_failed_though_an_error_page_answered()
    {
        var span = await SpanOfAsync("/fails/1");

        Assert.Equal(
            ("GET /fails/{id}", "/fails/{id}", 500, "System.TimeZoneNotFoundException", ActivityStatusCode.Error),
            (span.DisplayName, span.GetTagItem("http.route"), span.GetTagItem("http.response.status_code"), span.GetTagItem("error.type"), span.Status));
    }

    [Fact]
    public async Task A_method_nobody_knows_cannot_blow_up_the_number_of_names()
    {
        var span = await SpanOfAsync("/things/7", "BREW");

        Assert.Equal(("_OTHER", "BREW"), (span.GetTagItem("http.request.method"), span.GetTagItem("http.request.method_original")));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Watching_leaves_no_trace(string path)
    {
        var spans = await SpansOfAsync(path, "GET");

        // The request after it, which ends the wait, is the only one.
        Assert.Equal(["GET /last"], spans.Select(span => span.DisplayName));
    }

    private static async Task<Activity> SpanOfAsync(string path, string method = "GET") =>
        (await SpansOfAsync(path, method)).Single(span => span.DisplayName != "GET /last");

    private static async Task<IReadOnlyCollection<Activity>> SpansOfAsync(string path, string method)
    {
        // Every host of this process hears all of them; those of this test belong to its trace.
        using var test = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        using var spans = new CollectedSpans(test.TraceId);
        await using (var service = await ServiceHost.StartAsync(
            builder =>
            {
                builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans));
                builder.Services.AddProblemDetails();
            },
            app =>
            {
                app.UseExceptionHandler();
                app.UseRouting();
                app.MapGet("/things/{id}", (int id) => id);
                app.MapGet("/fails/{id}", IResult (int id) => throw new TimeZoneNotFoundException($"{id}"));
                app.MapGet("/last", () => "");
            }))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var response = await service.Client.SendAsync(request);
            using var last = await service.Client.GetAsync("/last");
        }

        // Stopping the service has ended every span of it.
        return [.. spans.Ended];
    }

    private sealed class CollectedSpans(ActivityTraceId trace) : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data)
        {
            // Exporters are given what is recorded.
            if (data.Kind == ActivityKind.Server && data.Recorded && data.TraceId == trace)
            {
                Ended.Enqueue(data);
            }
        }
    }
}
