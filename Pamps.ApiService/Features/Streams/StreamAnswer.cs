using System.Buffers.Text;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Features.Streams;

/// <summary>
/// An answer that goes on until the client leaves, its credentials end or the server stops. Server-Sent Events
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html), or a WebSocket that sends <c>{ id, event, data }</c>.
/// </summary>
internal sealed class StreamAnswer(
    LiveStream stream,
    Func<CancellationToken, ValueTask<CallerState?>> caller,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    long accountId,
    StreamTopics topics,
    StreamPosition? from) : IResult, IEndpointMetadataProvider
{
    // A client that takes longer than this for one message cannot follow.
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/event-stream"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status101SwitchingProtocols, typeof(void)));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var expiry = new CancellationTokenSource(LifeOf(httpContext.Request), clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            expiry.Token, lifetime.ApplicationStopping, httpContext.RequestAborted);
        try
        {
            if (httpContext.WebSockets.IsWebSocketRequest)
            {
                await SendFramesAsync(httpContext, end);
            }
            else
            {
                await SendEventsAsync(httpContext, end);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or WebSocketException)
        {
            // Either side is done; a stream has no other end.
        }
        finally
        {
            stream.Leave(accountId);
        }
    }

    private async Task SendEventsAsync(HttpContext context, CancellationTokenSource end)
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.WriteAsync("retry: 3000\n\n", end.Token);
        await context.Response.Body.FlushAsync(end.Token);
        await stream.FollowAsync(accountId, topics, from, SendAsync, end.Token);

        async Task SendAsync(StreamMessage message, CancellationToken cancellationToken)
        {
            await EndWithCallerAsync(end, cancellationToken);
            var text = message.Type is null ? ":\n\n" : $"id: {message.Id}\nevent: {message.Type}\ndata: {message.Data}\n\n";
            await InTimeAsync(
                async token =>
                {
                    await context.Response.WriteAsync(text, token);
                    await context.Response.Body.FlushAsync(token);
                },
                cancellationToken);
        }
    }

    private async Task SendFramesAsync(HttpContext context, CancellationTokenSource end)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var listening = ListenAsync(socket, end);
        try
        {
            await stream.FollowAsync(accountId, topics, from, SendAsync, end.Token);
        }
        catch (OperationCanceledException) when (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var limit = new CancellationTokenSource(SendTime, clock);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "The stream has ended; come again.", limit.Token);
        }

        await listening;

        async Task SendAsync(StreamMessage message, CancellationToken cancellationToken)
        {
            await EndWithCallerAsync(end, cancellationToken);
            var frame = message.Type is null
                ? "{}"
                : new JsonObject { ["id"] = message.Id, ["event"] = message.Type, ["data"] = JsonNode.Parse(message.Data) }.ToJsonString();
            await InTimeAsync(
                token => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, token), cancellationToken);
        }
    }

    /// <summary>Clients say nothing but goodbye; that has to be heard.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource end)
    {
        try
        {
            var buffer = new byte[256];
            while (socket.State is WebSocketState.Open && (await socket.ReceiveAsync(buffer, end.Token)).MessageType is not WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The other direction ends it.
        }

        if (!end.IsCancellationRequested)
        {
            await end.CancelAsync();
        }
    }

    private async Task InTimeAsync(Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(SendTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await send(either.Token);
    }

    /// <summary>Before each message and heartbeat: who was signed out or suspended, or whose key was revoked, hears no more.</summary>
    private async Task EndWithCallerAsync(CancellationTokenSource end, CancellationToken cancellationToken)
    {
        if (await caller(cancellationToken) is not { Suspended: false })
        {
            await end.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Until the access token ends, as its own claim says; it has been checked already. API keys come back after an hour.</summary>
    private TimeSpan LifeOf(HttpRequest request)
    {
        var longest = TimeSpan.FromHours(1);
        if (request.Headers.Authorization.ToString().Split('.') is [_, var payload, _] && Base64Url.IsValid(payload))
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (claims.RootElement.TryGetProperty("exp", out var exp))
            {
                var left = DateTimeOffset.FromUnixTimeSeconds(exp.GetInt64()) - clock.GetUtcNow();
                return left < TimeSpan.Zero ? TimeSpan.Zero : left < longest ? left : longest;
            }
        }

        return longest;
    }
}
