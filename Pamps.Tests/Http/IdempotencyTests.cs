using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Http;

public sealed class IdempotencyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Repetition_gets_the_first_answer_and_does_nothing()
    {
        var ana = await api.SignedInAs("ana");
        var key = Guid.NewGuid().ToString();

        using var first = await PostAsync(ana, key, "hello");
        using var second = await PostAsync(ana, key, "hello");

        await first.ShouldBe(HttpStatusCode.Created);
        await second.ShouldBe(HttpStatusCode.Created);
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(1, await PostsOfAsync(ana));
    }

    [Theory]
    [InlineData("/api/v1/posts", """{"text":"again"}""")]
    [InlineData("/api/v1/content/comments?id=repeated", """{"text":"again"}""")]
    [InlineData("/api/v1/reports", """{"username":"$other","reason":"spam"}""")]
    [InlineData("/api/v1/me/exports", "{}")]
    public async Task Whatever_creates_is_repeated_with_its_first_answer(string path, string body)
    {
        var (ana, other) = (await api.SignedInAs("ana"), await api.SignedInAs("other"));
        var key = Guid.NewGuid().ToString();
        body = body.Replace("$other", other.Username, StringComparison.Ordinal);

        using var first = await SendAsync(ana, path, key, body);
        using var second = await SendAsync(ana, path, key, body);

        Assert.True(first.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted, first.ToString());
        Assert.Equal((first.StatusCode, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Fifty_equal_requests_at_once_make_one_post()
    {
        var ana = await api.SignedInAs("ana");
        var key = Guid.NewGuid().ToString();

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(ana, key, "once")));

        Assert.All(responses, response => Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.Conflict]));
        Assert.Contains(responses, response => response.StatusCode is HttpStatusCode.Created);
        Assert.Equal(1, await PostsOfAsync(ana));
        Array.ForEach(responses, response => response.Dispose());
    }

    [Fact]
    public async Task Same_key_with_another_body_is_refused()
    {
        var ana = await api.SignedInAs("ana");
        var key = Guid.NewGuid().ToString();
        using var first = await PostAsync(ana, key, "one");

        using var other = await PostAsync(ana, key, "two");

        await other.ShouldBeProblemAsync(422, "idempotency_key_reused");
        Assert.Equal(1, await PostsOfAsync(ana));
    }

    [Fact]
    public async Task Same_key_of_another_account_is_another_key()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var key = Guid.NewGuid().ToString();

        using var first = await PostAsync(ana, key, "hello");
        using var second = await PostAsync(bob, key, "hello");

        await second.ShouldBe(HttpStatusCode.Created);
        Assert.False(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Refusal_is_replayed_too()
    {
        var ana = await api.SignedInAs("ana");
        var key = Guid.NewGuid().ToString();

        using var first = await PostAsync(ana, key, "");
        using var second = await PostAsync(ana, key, "");

        await first.ShouldBeProblemAsync(400, "validation_failed");
        await second.ShouldBeProblemAsync(400, "validation_failed");
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Claim_whose_process_died_lapses()
    {
        var ana = await api.SignedInAs("ana");
        var key = Guid.NewGuid().ToString();
        using var first = await PostAsync(ana, key, "hello");
        await api.WithDatabase(db => db.IdempotencyKeys.Where(row => row.Key == key).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Status, (int?)null)
            .SetProperty(row => row.LeaseUntil, TimeProvider.System.GetUtcNow().AddSeconds(30))));

        using var running = await PostAsync(ana, key, "hello");
        await api.WithDatabase(db => db.IdempotencyKeys.Where(row => row.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, DateTimeOffset.UnixEpoch)));
        using var retried = await PostAsync(ana, key, "hello");

        await running.ShouldBeProblemAsync(409, "request_in_flight");
        Assert.NotNull(running.Headers.RetryAfter);
        await retried.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("with blank")]
    [InlineData("")]
    public async Task Unprintable_keys_are_refused(string key)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await PostAsync(ana, key, "hello");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, await PostsOfAsync(ana));
    }

    private static async Task<HttpResponseMessage> PostAsync(TestUser user, string key, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/posts") { Content = JsonContent.Create(new { text }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await user.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestUser user, string path, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await user.Http.SendAsync(request);
    }

    private static async Task<int> PostsOfAsync(TestUser user) => (await user.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{user.Username}/posts")).Items.Count;
}
