using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Live;

/// <summary>
/// Hands the API's event stream on with the session's token: a browser's EventSource can send no header, and no token
/// belongs in an address. Ids pass through unchanged, so that a reader resumes where it stopped.
/// </summary>
internal static class EventStream
{
    /// <summary>Streams until either side ends; the API ends it when the token does, and the browser comes again with a fresh one.</summary>
    public static async Task HandleAsync(
        [FromQuery] string? topics,
        [FromQuery(Name = "last_event_id")] string? lastEventId,
        HttpContext context,
        ApiConnection api,
        IHostApplicationLifetime lifetime)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream?topics=" + Uri.EscapeDataString(topics ?? "notifications"));
        var resumeFrom = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : lastEventId;
        if (!string.IsNullOrEmpty(resumeFrom))
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", resumeFrom);
        }

        using var answer = await api.OpenAsync(request, ends.Token);
        if (answer is not { IsSuccessStatusCode: true })
        {
            context.Response.StatusCode = answer is null ? StatusCodes.Status503ServiceUnavailable : (int)answer.StatusCode;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await context.Response.StartAsync(ends.Token);
            await using var events = await answer.Content.ReadAsStreamAsync(ends.Token);
            var buffer = new byte[4096];
            int read;
            while ((read = await events.ReadAsync(buffer, ends.Token)) > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), ends.Token);
                await context.Response.Body.FlushAsync(ends.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            // The visitor left, the API restarted or the site stops: the browser connects again by itself.
        }
    }
}
