using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>Writers who repeat what was not answered, with the key of the first attempt, while the API dies again and again.</summary>
[TakesMinutes]
public sealed class IdempotencyKillTests(ITestOutputHelper output)
{
    private const int Writers = 8;
    private const int Kills = 6;

    // After a crash a repetition waits for the lease of the request that died.
    private static readonly Dictionary<string, string?> Settings = new() { ["Http:IdempotencyLease"] = "00:00:01" };

    [Fact]
    public async Task Every_key_makes_exactly_one_post()
    {
        await using var scene = await FaultScene.StartAsync(output, Settings);
        var writers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => scene.SignedInAs("writer")));
        var acknowledged = new ConcurrentDictionary<string, string>();
        using var enough = new CancellationTokenSource();
        var repeated = Task.WhenAll(writers.Select((writer, number) => WriteAsync(writer, number, acknowledged, enough.Token)));
        for (var kill = 0; kill < Kills; kill++)
        {
            var next = acknowledged.Count + 1 + scene.Chance.Below(40);
            await Eventually.Be(() => Task.FromResult(acknowledged.Count), count => count >= next);
            await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(50));
            await scene.Api[0].KillAsync();
            await scene.Api[0].StartAsync();
        }

        await enough.CancelAsync();
        var attempts = (await repeated).Sum();
        scene.Print($"{acknowledged.Count} keys acknowledged in {attempts} attempts over {Kills} kills.");

        Assert.True(attempts > acknowledged.Count, "No request was ever repeated.");
        var posts = await scene.ColumnAsync<string>("select text || ' ' || id from posts");
        Assert.Equal(acknowledged.Select(post => $"{post.Key} {post.Value}").Order(), posts.Order());
        Assert.Equal(0, await scene.NumberAsync("select count(*) from idempotency_keys where status is null"));
    }

    /// <summary>Writes one post after the other, each until it is acknowledged; returns the number of attempts.</summary>
    private static async Task<int> WriteAsync(
        TestUser writer, int number, ConcurrentDictionary<string, string> acknowledged, CancellationToken enough)
    {
        var attempts = 0;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(150));
        for (var count = 0; !enough.IsCancellationRequested; count++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{number}-{count}");
            var key = Guid.NewGuid().ToString();
            attempts++;
            string? id;
            while ((id = await TryAsync(writer, text, key)) is null)
            {
                attempts++;
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }

            Assert.True(acknowledged.TryAdd(text, id));
        }

        return attempts;
    }

    /// <summary>The id, or null when nobody knows what became of it.</summary>
    private static async Task<string?> TryAsync(TestUser writer, string text, string key)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/posts")
            {
                Content = JsonContent.Create(new CreatePostRequestBuilder().Saying(text).Build(), options: Wire.Json),
            };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await writer.Http.SendAsync(request);
            if (response.StatusCode is HttpStatusCode.Conflict)
            {
                // The first attempt may still be running, as far as the API knows.
                await response.ShouldBeProblemAsync(409, "request_in_flight");
                return null;
            }

            return (await response.ShouldBe<PostResponse>(HttpStatusCode.Created)).Id;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
