using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Pamps.Tests.ServiceDefaults;

public sealed class HttpClientTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task A_safe_request_is_repeated_until_it_succeeds(string method)
    {
        using var world = new World(attempt => Answer(attempt < 4 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        using var response = await world.SendAsync(method);

        Assert.Equal((HttpStatusCode.OK, 4), (response.StatusCode, world.Attempts));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task An_unsafe_request_is_sent_once_though_the_service_fails(string method)
    {
        using var world = new World(_ => Answer(HttpStatusCode.ServiceUnavailable));
        using var response = await world.SendAsync(method);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (response.StatusCode, world.Attempts));
    }

    [Fact]
    public async Task An_unsafe_request_is_sent_once_though_the_connection_fails()
    {
        using var world = new World(_ => throw new HttpRequestException("The connection was reset."));

        await Assert.ThrowsAsync<HttpRequestException>(() => world.SendAsync("POST"));
        Assert.Equal(1, world.Attempts);
    }

    [Fact]
    public async Task A_safe_request_is_repeated_after_a_failed_connection()
    {
        using var world = new World(attempt => attempt == 1 ? throw new HttpRequestException("The connection was reset.") : Answer(HttpStatusCode.OK));
        using var response = await world.SendAsync("GET");

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, world.Attempts));
    }

    [Fact]
    public async Task Repetition_ends_after_the_third_time_with_the_last_answer()
    {
        using var world = new World(_ => Answer(HttpStatusCode.BadGateway));
        using var response = await world.SendAsync("GET");

        Assert.Equal((HttpStatusCode.BadGateway, 4), (response.StatusCode, world.Attempts));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task An_answer_that_would_be_the_same_again_is_not_asked_for_again(HttpStatusCode status)
    {
        using var world = new World(_ => Answer(status));
        using var response = await world.SendAsync("GET");

        Assert.Equal((status, 1), (response.StatusCode, world.Attempts));
    }

    [Fact]
    public async Task The_service_sets_the_pause()
    {
        // Half a minute of the usual pause would not end within the request's time.
        using var world = new World(
            attempt => attempt == 1 ? Answer(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.Zero) : Answer(HttpStatusCode.OK),
            options => options.Retry.Delay = TimeSpan.FromMinutes(30));
        using var response = await world.SendAsync("GET");

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, world.Attempts));
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_repeated()
    {
        using var world = new World(
            async (attempt, cancellationToken) =>
            {
                if (attempt == 1)
                {
                    await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                }

                return Answer(HttpStatusCode.OK);
            },
            options => options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(50));
        using var response = await world.SendAsync("GET");

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, world.Attempts));
    }

    [Fact]
    public async Task The_request_as_a_whole_has_a_time_limit()
    {
        using var world = new World(
            async (_, cancellationToken) =>
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                return Answer(HttpStatusCode.OK);
            },
            options =>
            {
                options.TotalRequestTimeout.Timeout = TimeSpan.FromMilliseconds(100);
                options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(100);
            });

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => world.SendAsync("POST"));
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_left_alone_for_a_while()
    {
        using var world = new World(
            _ => Answer(HttpStatusCode.InternalServerError), options => options.CircuitBreaker.MinimumThroughput = 5);
        for (var request = 0; request < 5; request++)
        {
            (await world.SendAsync("POST")).Dispose();
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => world.SendAsync("POST"));
        Assert.Equal(5, world.Attempts);
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_the_request()
    {
        using var cancellation = new CancellationTokenSource();
        using var world = new World(async (_, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return Answer(HttpStatusCode.OK);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.SendAsync("GET", cancellation.Token));
        Assert.Equal(1, world.Attempts);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter is { } delay ? new RetryConditionHeaderValue(delay) : null;
        return response;
    }

    /// <summary>A client with the defaults whose other end follows a script.</summary>
    private sealed class World : IDisposable
    {
        private readonly ScriptedHandler _handler;
        private readonly IHost _host;

        public World(Func<int, HttpResponseMessage> script, Action<HttpStandardResilienceOptions>? configure = null)
            : this((attempt, _) => Task.FromResult(script(attempt)), configure)
        {
        }

        public World(Func<int, CancellationToken, Task<HttpResponseMessage>> script, Action<HttpStandardResilienceOptions>? configure = null)
        {
            _handler = new ScriptedHandler(script);
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.AddServiceDefaults();
            builder.Services.RetryAtOnce();
            builder.Services.PostConfigureAll<HttpStandardResilienceOptions>(options => configure?.Invoke(options));
            builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => _handler));
            _host = builder.Build();
        }

        public int Attempts => _handler.Addresses.Count;

        public async Task<HttpResponseMessage> SendAsync(string method, CancellationToken cancellationToken = default)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "http://example.com/");
            return await _host.Services.GetRequiredService<IHttpClientFactory>().CreateClient().SendAsync(request, cancellationToken);
        }

        public void Dispose()
        {
            _host.Dispose();
            _handler.Dispose();
        }
    }
}
