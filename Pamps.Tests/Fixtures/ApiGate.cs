using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// The API as a site sees it that goes through here: a test lets it answer, cuts it, makes it hang or fail, while
/// everybody else's API goes on.
/// </summary>
internal sealed class ApiGate : IAsyncDisposable
{
    private static readonly string[] HopByHop = ["Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly WebApplication _application;
    private readonly HttpClient _api;
    private readonly ConcurrentDictionary<HttpContext, bool> _running = new();
    private volatile TaskCompletionSource _flow = Flowing();
    private volatile bool _cut;
    private volatile bool _answersOnly;
    private volatile int _status;
    private volatile string _code = "";
    private volatile bool _shortLived;
    private int _tokens;

    private ApiGate(WebApplication application, Uri api)
    {
        _application = application;
        _api = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = api, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Where the site finds its API.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Opens a gate before an API.</summary>
    /// <param name="api">Where the API is.</param>
    public static async Task<ApiGate> OpenAsync(Uri api)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var application = builder.Build();
        var gate = new ApiGate(application, api);
        application.Run(gate.PassAsync);
        await application.StartAsync();
        gate.Address = new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return gate;
    }

    /// <summary>Breaks every request that is running and every new one, as if the API had been killed.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var context in _running.Keys)
        {
            context.Abort();
        }
    }

    /// <summary>Takes requests and answers none of them.</summary>
    public void Freeze() => _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the API do what is asked and keeps its answers back: the worst moment for a network to hang.</summary>
    public void HoldAnswers()
    {
        _answersOnly = true;
        Freeze();
    }

    /// <summary>Answers every request with a status and the body of an API that broke.</summary>
    /// <param name="status">The status.</param>
    /// <param name="code">The code of its problem document.</param>
    public void Fail(int status = StatusCodes.Status500InternalServerError, string code = ProblemCodes.InternalError) => (_code, _status) = (code, status);

    /// <summary>How often the API gave tokens.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>Tells the site of every access token that it ends in a second.</summary>
    public void ShortenTokens() => _shortLived = true;

    /// <summary>Lets everything through again; what was held back is answered now.</summary>
    public void Open()
    {
        _cut = _answersOnly = _shortLived = false;
        _status = 0;
        _flow.TrySetResult();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Cut();
        _flow.TrySetResult();
        await _application.DisposeAsync();
        _api.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flow = new TaskCompletionSource();
        flow.SetResult();
        return flow;
    }

    private async Task PassAsync(HttpContext context)
    {
        _running[context] = true;
        try
        {
            if (!_answersOnly)
            {
                await _flow.Task.WaitAsync(context.RequestAborted);
            }

            if (_cut)
            {
                context.Abort();
            }
            else if (_status is not 0 and var status)
            {
                context.Response.StatusCode = status;
                await context.Response.WriteAsJsonAsync(
                    new { title = "Refused by the test", status, code = _code, traceId = "00-trace-of-the-test-00" }, options: null, "application/problem+json");
            }
            else
            {
                await ForwardAsync(context);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // Either side is gone, which ends the other.
            context.Abort();
        }
        finally
        {
            _running.TryRemove(context, out _);
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), context.Request.Path + context.Request.QueryString.Value);
        if (context.Request.ContentLength > 0 || context.Request.Headers.ContainsKey("Transfer-Encoding"))
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not "Host" && !HopByHop.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        // What the API was asked it does, whether or not the answer is still wanted.
        using var answer = await _api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _answersOnly ? CancellationToken.None : context.RequestAborted);
        await _flow.Task.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !HopByHop.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (answer.IsSuccessStatusCode && context.Request.Path == "/api/v1/oauth/token")
        {
            Interlocked.Increment(ref _tokens);
            var tokens = JsonNode.Parse(await answer.Content.ReadAsStringAsync(context.RequestAborted))!;
            tokens["expires_in"] = _shortLived ? 1 : (int)tokens["expires_in"]!;
            context.Response.ContentLength = null;
            await context.Response.WriteAsync(tokens.ToJsonString(), context.RequestAborted);
            return;
        }

        // Chunk by chunk: the stream of events never ends.
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
