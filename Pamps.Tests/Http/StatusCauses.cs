using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Billing;
using Pamps.Tests.Features.Tokens;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>
/// What makes an operation answer with a status. One cause does for all operations that document the status, but for the
/// few that are named: a conflict or a lost thing is another one each time.
/// </summary>
internal sealed class StatusCauses(BillingFixture api, OperationWorld world)
{
    private const string Api = "/api/v1";

    // Positive, within 2^53, and far above what a test database ever counts to.
    private const string Nothing = "9007199254740000";

    private static readonly Dictionary<string, string> Unknown = new()
    {
        ["username"] = "nobody_of_this_name",
        ["feed"] = "of-nobody",
        ["code"] = "no_such_code",
    };

    /// <summary>Sends a request whose answer should have the status.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="status">A status that it documents.</param>
    public async Task<HttpResponseMessage> ProvokeAsync(DocumentedOperation operation, int status)
    {
        var token = world.RightfulToken(operation);
        return status switch
        {
            304 => await RepeatedReadAsync(operation, token),
            400 => await SendAsync(Unreadable(operation, token)),
            401 => await SendAsync(operation.Request(world, "nonsense")),
            403 => await SuspendedAsync(operation),
            404 => await MissingAsync(operation, token),
            409 when operation.Documents(422) => await IdempotentAsync(operation, stillRunning: true),
            409 => await new Conflicts(api).ProvokeAsync(operation, world, token),
            410 => await GoneAsync(operation, token),
            412 => await SendAsync(With(operation.Request(world, token, body: JsonContent.Create(new { text = "lost" })), "If-Match", "\"4711\"")),
            413 => await SendAsync(TooLarge(operation, token)),
            415 => await SendAsync(operation.Request(world, token, body: new StringContent("hello", Encoding.UTF8, "application/x-nonsense"))),
            422 => await IdempotentAsync(operation, stillRunning: false),
            _ => throw new XunitException($"{operation}: say in {nameof(StatusCauses)} what makes it answer {status}."),
        };
    }

    public static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    /// <summary>Headers are enough: a live stream has no end.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            return await api.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }

    /// <summary>Reads until the answer is the one known: work in the background may change it once or twice.</summary>
    private async Task<HttpResponseMessage> RepeatedReadAsync(DocumentedOperation operation, string token)
    {
        if (operation.PathNames.Contains("feed"))
        {
            await world.Owner.PutAsync<MarkerResponse>($"{Api}/me/markers/home", new { lastReadId = world.Things["postId"] });
        }

        return await Eventually.Be(
            async () =>
            {
                using var first = await SendAsync(operation.Request(world, token));
                var tag = first.Headers.ETag?.ToString() ?? throw new XunitException($"{operation}: {(int)first.StatusCode} without ETag.");
                return await SendAsync(With(operation.Request(world, token), "If-None-Match", tag));
            },
            response => (int)response.StatusCode == 304);
    }

    private HttpRequestMessage Unreadable(DocumentedOperation operation, string token)
    {
        if (operation.BodyTypes.Count > 0)
        {
            var type = operation.BodyTypes.Contains("application/x-www-form-urlencoded") ? "application/x-www-form-urlencoded" : operation.BodyTypes[0];
            return operation.Request(world, token, body: new StringContent("{", Encoding.UTF8, type));
        }

        if (operation.Documents(422))
        {
            return With(operation.Request(world, token), "Idempotency-Key", "with blank");
        }

        if (operation.QueryNames.FirstOrDefault(name => name is "limit" or "days" or "topics") is { } name)
        {
            return operation.Request(world, token, query: $"?id={world.ContentId}&{name}=nonsense");
        }

        return operation.Id switch
        {
            // A removal by a moderator says why, and not at any length.
            "DeleteComment" => operation.Request(world, world.Moderator, query: "?reason=" + new string('x', 3_000)),
            "FollowAccount" or "BlockAccount" => operation.Request(world, token),
            "ReadTagRss" => operation.Request(world, token, new Dictionary<string, string> { ["tag"] = "%01" }),
            _ => operation.Request(world, token, query: ""),
        };
    }

    /// <summary>A suspension ends sessions, and leaves keys.</summary>
    private async Task<HttpResponseMessage> SuspendedAsync(DocumentedOperation operation)
    {
        using var suspension = await api.Anonymous.SendAsync(
            HttpMethod.Put, $"{Api}/admin/accounts/{world.Stranger.Username}/suspension", world.Administrator, JsonContent.Create(new { reason = "spam" }));
        await suspension.ShouldSucceed();
        return operation.Id is "IssueToken"
            ? await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", world.Stranger.Username), ("password", world.Stranger.Password))
            : await SendAsync(operation.Request(world, world.KeyOfStranger));
    }

    private async Task<HttpResponseMessage> MissingAsync(DocumentedOperation operation, string token)
    {
        if (operation.Id is "GetContentThread" or "ListComments" or "CommentRss")
        {
            // A thread that nobody commented in is empty; one that a moderator hid is not there.
            var hidden = $"?id={world.ContentId}/{operation.Id}";
            using var change = await api.Anonymous.SendAsync(HttpMethod.Patch, $"{Api}/content{hidden}", world.Moderator, JsonContent.Create(new { state = "hidden" }));
            await change.ShouldSucceed();
            return await SendAsync(operation.Request(world, token, query: hidden));
        }

        var body = operation.Id switch
        {
            "CreatePost" => JsonContent.Create(new { text = "to nobody", parentId = Nothing }),
            "AddComment" => JsonContent.Create(new { text = "to nobody", parentId = Nothing }),
            "FileReport" => JsonContent.Create(new { username = Unknown["username"], reason = "spam" }),
            "RecordBounce" => JsonContent.Create(new { messageId = "<nobody@example.org>" }),
            "ReceivePayment" => JsonContent.Create(new { debtId = Nothing, paidAt = "2022-06-09 10:00:00", paidAmount = 1 }),
            _ => null,
        };
        var things = operation.PathNames.ToDictionary(name => name, name => Unknown.GetValueOrDefault(name, Nothing));
        return await SendAsync(operation.Request(world, token, things, body: body));
    }

    private async Task<HttpResponseMessage> GoneAsync(DocumentedOperation operation, string token)
    {
        if (operation.Id is "DownloadExport")
        {
            var export = long.Parse(world.Things["exportId"], CultureInfo.InvariantCulture);
            await Eventually.Be(() => world.Owner.GetAsync<ExportResponse>($"{Api}/me/exports/{export}"), ready => ready.State == "ready");
            await api.WithDatabase(db => db.AccountExports.Where(row => row.Id == export).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, DateTimeOffset.UnixEpoch)));
            return await SendAsync(operation.Request(world, token));
        }

        if (operation.PathNames.Contains("commentId"))
        {
            // An answer keeps the place of what it answers.
            await world.Owner.PostAsync<CommentResponse>($"{Api}/content/comments?id={world.ContentId}", new { text = "second", parentId = world.Things["commentId"] });
            await world.Owner.DeleteAsync($"{Api}/comments/{world.Things["commentId"]}");
        }
        else
        {
            await world.Owner.DeleteAsync($"{Api}/posts/{world.Things["postId"]}");
        }

        if (operation.Id.StartsWith("Restore", StringComparison.Ordinal))
        {
            // Deleted longer ago than one may think better of it.
            var (posts, comments) = (world.Things["postId"], world.Things["commentId"]);
            await api.Database.ExecuteAsync($"update posts set deleted_at = 'epoch' where id = {posts} and deleted_at is not null");
            await api.Database.ExecuteAsync($"update comments set deleted_at = 'epoch' where id = {comments} and deleted_at is not null");
        }

        return await SendAsync(operation.Request(world, token));
    }

    private HttpRequestMessage TooLarge(DocumentedOperation operation, string token)
    {
        // An import may be larger than other bodies; see BillingFixture.
        var content = new ByteArrayContent(new byte[operation.Id is "ImportBoletos" ? 20_000_001 : 1_100_000]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(operation.BodyTypes.Contains("application/x-www-form-urlencoded") ? "application/x-www-form-urlencoded" : operation.BodyTypes[0]);
        var request = operation.Request(world, token, body: content);

        // The server may refuse a large body before it has been sent.
        request.Headers.ExpectContinue = true;
        return request;
    }

    private async Task<HttpResponseMessage> IdempotentAsync(DocumentedOperation operation, bool stillRunning)
    {
        var key = Guid.NewGuid().ToString();
        var (first, second) = operation.Id is "FileReport"
            ? (new { postId = world.Things["postId"], reason = "spam" }, new { postId = world.Things["postId"], reason = "other" })
            : ((object)new { text = "one" }, (object)new { text = "two" });
        var token = operation.Id is "FileReport" or "RequestExport" ? world.Stranger.Tokens.AccessToken : world.Owner.Tokens.AccessToken;
        using var done = await SendAsync(With(operation.Request(world, token, body: JsonContent.Create(first)), "Idempotency-Key", key));
        await done.ShouldSucceed();
        if (stillRunning)
        {
            await api.WithDatabase(db => db.IdempotencyKeys.Where(row => row.Key == key).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Status, (int?)null)
                .SetProperty(row => row.LeaseUntil, TimeProvider.System.GetUtcNow().AddMinutes(10))));
        }

        return await SendAsync(With(operation.Request(world, token, body: JsonContent.Create(stillRunning ? first : second)), "Idempotency-Key", key));
    }
}
