using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Feeds;

namespace Pamps.Tests.Features.Streams;

/// <summary>An open stream and the events it has brought.</summary>
internal sealed class OpenedStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private OpenedStream(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    public static Task<OpenedStream> OpenAsync(TestUser user, string topics, string? lastEventId = null) => OpenAsync(user.Http, topics, lastEventId);

    public static async Task<OpenedStream> OpenAsync(HttpClient client, string topics, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/stream?topics={topics}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await response.ShouldBe(System.Net.HttpStatusCode.OK);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new OpenedStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; comments and fields before the first event are passed over.</summary>
    public async Task<(string Id, string Type, JsonElement Data)> NextAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        string id = "", type = "", data = "";
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = line[6..];
            }
            else if (line.Length == 0 && type.Length > 0)
            {
                return (id, type, JsonSerializer.Deserialize<JsonElement>(data));
            }
        }

        throw new EndOfStreamException();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}

/// <summary>The live stream, with a Redis that a test may take away.</summary>
public sealed class OpenStreamTests(FragileRedisFixture api) : IClassFixture<FragileRedisFixture>
{
    [Fact]
    public async Task Posts_of_followed_accounts_and_notifications_arrive()
    {
        var (ana, bia) = await PairAsync();
        using var stream = await OpenedStream.OpenAsync(ana, "home,notifications");
        Assert.Equal("ready", (await stream.NextAsync()).Type);
        var rui = await api.SignedInAs("rui");
        await rui.CreatePostAsync();
        var post = await bia.CreatePostAsync();
        var e = await stream.NextAsync();
        Assert.Equal(("post", post.Id), (e.Type, e.Data.GetProperty("postId").GetString()));

        await bia.CreatePostAsync($"@{ana.Username}");
        var types = new List<string> { (await stream.NextAsync()).Type, (await stream.NextAsync()).Type, (await stream.NextAsync()).Type };
        Assert.Equal(["notification", "post", "unread"], types.Order());
        await bia.DeletePostAsync(post);
        Assert.Equal("post.deleted", (await stream.NextAsync()).Type);
    }

    [Fact]
    public async Task What_was_missed_is_replayed_and_a_gap_is_told()
    {
        var (ana, bia) = await PairAsync();
        string id;
        using (var stream = await OpenedStream.OpenAsync(ana, "home"))
        {
            id = (await stream.NextAsync()).Id;
        }

        var one = await bia.CreatePostAsync();
        await FeedSteps.SettleAsync(api);
        var two = await bia.CreatePostAsync();
        await FeedSteps.SettleAsync(api);
        using (var again = await OpenedStream.OpenAsync(ana, "home", id))
        {
            Assert.Equal(one.Id, (await again.NextAsync()).Data.GetProperty("postId").GetString());
            Assert.Equal(two.Id, (await again.NextAsync()).Data.GetProperty("postId").GetString());
        }

        await api.ForgetRedisAsync();
        var three = await bia.CreatePostAsync();
        await FeedSteps.SettleAsync(api);
        using var afterwards = await OpenedStream.OpenAsync(ana, "home", id);
        Assert.Equal("reset", (await afterwards.NextAsync()).Type);
        var four = await bia.CreatePostAsync();
        Assert.Equal(four.Id, (await afterwards.NextAsync()).Data.GetProperty("postId").GetString());
        Assert.NotEqual(three.Id, four.Id);

        using var unreadable = await OpenedStream.OpenAsync(ana, "home", "from-another-time");
        Assert.Equal("reset", (await unreadable.NextAsync()).Type);
    }

    [Fact]
    public async Task The_loss_of_Redis_does_not_end_live_updates()
    {
        var (ana, bia) = await PairAsync();
        using var stream = await OpenedStream.OpenAsync(ana, "home");
        await stream.NextAsync();
        api.Gate.Cut();
        var meanwhile = await bia.CreatePostAsync();
        api.Gate.Open();
        var e = await stream.NextAsync();
        Assert.Equal(("post", meanwhile.Id), (e.Type, e.Data.GetProperty("postId").GetString()));
    }

    [Fact]
    public async Task A_stream_opened_while_Redis_is_away_is_ready_when_it_is_back()
    {
        var (ana, bia) = await PairAsync();
        api.Gate.Cut();
        using var stream = await OpenedStream.OpenAsync(ana, "home");
        var ready = stream.NextAsync();
        using (var profile = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative)))
        {
            await profile.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        Assert.False(ready.IsCompleted);
        api.Gate.Open();

        Assert.Equal("ready", (await ready).Type);
        var post = await bia.CreatePostAsync();
        var e = await stream.NextAsync();
        Assert.Equal(("post", post.Id), (e.Type, e.Data.GetProperty("postId").GetString()));
    }

    [Fact]
    public async Task Events_of_one_replica_arrive_at_another()
    {
        var (ana, bia) = await PairAsync();
        using var stream = await OpenedStream.OpenAsync(ana.On(api.StartReplica()), "home,tag:juntos");
        await stream.NextAsync();
        var post = await bia.CreatePostAsync();
        Assert.Equal(post.Id, (await stream.NextAsync()).Data.GetProperty("postId").GetString());
        var stranger = await api.SignedInAs("rui");
        var tagged = await stranger.CreatePostAsync("#Juntos");
        Assert.Equal(tagged.Id, (await stream.NextAsync()).Data.GetProperty("postId").GetString());
    }

    [Fact]
    public async Task A_WebSocket_brings_the_same_events()
    {
        var (ana, bia) = await PairAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", ana.Http.DefaultRequestHeaders.Authorization!.ToString());
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await socket.ConnectAsync(new UriBuilder(new Uri(ana.Http.BaseAddress!, "/api/v1/stream?topics=home")) { Scheme = "ws" }.Uri, limit.Token);
        Assert.Equal("ready", (await ReceiveAsync()).GetProperty("event").GetString());
        var post = await bia.CreatePostAsync();
        var e = await ReceiveAsync();
        Assert.Equal(("post", post.Id), (e.GetProperty("event").GetString(), e.GetProperty("data").GetProperty("postId").GetString()));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);

        async Task<JsonElement> ReceiveAsync()
        {
            var buffer = new byte[4096];
            var received = await socket.ReceiveAsync(buffer, limit.Token);
            return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }

    [Fact]
    public async Task Streams_are_for_people_signed_in_about_things_that_exist_and_not_too_many()
    {
        using var nobody = await api.Anonymous.GetAsync(new Uri("/api/v1/stream", UriKind.Relative));
        await nobody.ShouldBeProblemAsync(401, "token_missing");
        var ana = await api.SignedInAs("ana");
        foreach (var topics in new[] { "weather", "tag:", "import:x", "" })
        {
            using var response = await ana.Http.GetAsync(new Uri($"/api/v1/stream?topics={topics}", UriKind.Relative));
            await response.ShouldBeProblemAsync(400, "validation_failed");
        }

        var open = new List<OpenedStream>();
        for (var index = 0; index < 5; index++)
        {
            open.Add(await OpenedStream.OpenAsync(ana, "home"));
        }

        using (var sixth = await ana.Http.GetAsync(new Uri("/api/v1/stream", UriKind.Relative)))
        {
            await sixth.ShouldBeProblemAsync(429, "rate_limited");
        }

        open.ForEach(stream => stream.Dispose());
        await Eventually.Holds(async () => (await OpenedStream.OpenAsync(ana, "home")).Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_was_signed_out_or_holds_a_revoked_key_hears_no_more(bool withKey)
    {
        var (ana, bia) = await PairAsync();
        var key = await ana.PostAsync<CreatedApiKeyResponse>("/api/v1/me/api-keys", new { name = "listener", scopes = (string[])["read"] });
        using var client = new HttpClient { BaseAddress = ana.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", withKey ? key.Key : ana.Tokens.AccessToken);
        using var stream = await OpenedStream.OpenAsync(client, "home");
        Assert.Equal("ready", (await stream.NextAsync()).Type);

        await ana.DeleteAsync(withKey ? $"/api/v1/me/api-keys/{key.Details.Id}" : "/api/v1/me/sessions");
        await bia.CreatePostAsync();

        await Assert.ThrowsAsync<EndOfStreamException>(stream.NextAsync);
    }

    private async Task<(TestUser Reader, TestUser Author)> PairAsync()
    {
        var reader = await api.SignedInAs("ana");
        var author = await api.SignedInAs("bia");
        await reader.FollowAsync(author);
        await FeedSteps.SettleAsync(api);
        return (reader, author);
    }
}
