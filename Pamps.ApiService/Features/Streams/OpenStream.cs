using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Streams;

internal static class OpenStream
{
    /// <summary>
    /// Streams what happens, as Server-Sent Events, or as JSON messages of the same members when asked to upgrade to a WebSocket.
    /// Events carry ids, not texts. Reconnecting with <c>Last-Event-ID</c> replays what was missed, or begins with
    /// <c>reset</c>, which means: page again. A new stream begins with <c>ready</c>: what happens from then on is heard of, and
    /// whoever paged before pages once more for what came in between. With the topic <c>notifications</c> both carry the unread
    /// <c>count</c> and whether there are <c>more</c>, as the event <c>unread</c> does. The stream ends with the
    /// access token.
    /// </summary>
    /// <param name="topics">Some of <c>home</c>, <c>public</c>, <c>notifications</c>, <c>tag:name</c>, <c>imports</c> (all files of debts that the caller sent, and with the scope <c>billing:read</c> those of everybody, if the caller works with billing), <c>import:id</c>, separated by commas; <c>home,notifications</c> when absent.</param>
    /// <param name="lastEventId">The same as the header <c>Last-Event-ID</c>, for clients that cannot set it.</param>
    /// <param name="stream">Follows the events.</param>
    /// <param name="user">The caller.</param>
    /// <param name="states">Tells when the session or the key ends.</param>
    /// <param name="lifetime">Ends the stream when the server stops.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="context">The request.</param>
    public static Task<Results<StreamAnswer, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? topics,
        [FromQuery(Name = "last_event_id"), Description("Like the header `Last-Event-ID`, which a new browser `EventSource` cannot send.")] string? lastEventId,
        LiveStream stream,
        CurrentUser user,
        CallerStates states,
        IHostApplicationLifetime lifetime,
        TimeProvider clock,
        HttpContext context)
    {
        if (!StreamTopics.TryParse(topics ?? "home,notifications", out var wanted))
        {
            return Task.FromResult<Results<StreamAnswer, ProblemHttpResult>>(
                Problems.Invalid("topics", "Must be up to ten of home, public, notifications, tag:name, imports, import:id."));
        }

        wanted.MayReadBilling = user.HasScope(Scopes.BillingRead);

        // An id that we cannot read is one of another time: the client has to look for itself.
        StreamPosition? from = null;
        if ((string?)context.Request.Headers["Last-Event-ID"] is { Length: > 0 } header)
        {
            lastEventId = header;
        }

        if (!string.IsNullOrEmpty(lastEventId))
        {
            from = StreamPosition.TryParse(lastEventId, out var position) ? position : default(StreamPosition);
        }

        var accountId = user.RequiredId;
        var apiKey = ApiKeySource.Find(context);
        Func<CancellationToken, ValueTask<CallerState?>> caller = user.SessionId is { } session
            ? token => states.OfSessionAsync(session, accountId, token)
            : token => states.OfApiKeyAsync(apiKey ?? "", token);
        return Task.FromResult<Results<StreamAnswer, ProblemHttpResult>>(stream.TryEnter(accountId)
            ? new StreamAnswer(stream, caller, lifetime, clock, accountId, wanted, from)
            : Problems.Of(StatusCodes.Status429TooManyRequests, ProblemCodes.RateLimited, $"At most {LiveStream.PerAccountMax} streams at a time."));
    }
}
