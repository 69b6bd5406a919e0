using System.Text.Json;
using Pamps.Tests.Http;
using Xunit.Abstractions;

namespace Pamps.Tests.Adapters;

/// <summary>Odd requests to every operation of the older document: none fails inside, each error says <c>detail</c>.</summary>
public sealed class OlderFuzzTests(ApiFixture api, ITestOutputHelper output) : IClassFixture<ApiFixture>
{
    private const int RequestsPerOperation = 30;

    // Beyond what an operation documents: routing, authentication and sizes; 414 and 431 are the server's own.
    private static readonly HashSet<int> Everywhere = [400, 401, 403, 404, 405, 413, 414, 422, 429, 431];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Odd_requests_are_answered_as_documented(int seed)
    {
        using var text = await api.Anonymous.GetAsync(new Uri("/openapi/older.json", UriKind.Relative));
        var fuzzer = new RequestFuzzer(await text.ShouldBe<JsonElement>(System.Net.HttpStatusCode.OK), seed);
        var (wrong, statuses, slashed) = (new List<string>(), new SortedDictionary<int, int>(), false);
        foreach (var (path, method, operation) in fuzzer.Operations)
        {
            var (ana, username, _) = await api.MicrobloggerAsync("fuzz");
            var (rui, id, email) = await api.VoterAsync("fuzz");
            var post = await ana.BlogAsync("a post");
            fuzzer.Known.Clear();
            fuzzer.Known.AddRange([$"{post}", $"{id}", username, email, "1"]);
            var callers = (HttpClient[])[api.Server.Connect(ana.Token), api.Server.Connect(rui.Token), api.Anonymous];
            for (var round = 0; round < RequestsPerOperation; round++)
            {
                slashed = !slashed;
                using var request = fuzzer.Make(slashed ? path.TrimEnd('/') : path.TrimEnd('/') + "/", method, operation);
                var sent = $"{method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
                using var response = await callers[round % callers.Length].SendAsync(request);
                var status = (int)response.StatusCode;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (await WrongAsync(response, operation) is { } reason)
                {
                    wrong.Add($"{reason}\n    {sent[..Math.Min(sent.Length, 600)]}");
                }
            }
        }

        output.WriteLine($"seed {seed}: {string.Join(", ", statuses.Select(pair => $"{pair.Value} × {pair.Key}"))}");
        Assert.True(statuses.Values.Sum() > 700, $"Only {statuses.Values.Sum()} requests.");
        Assert.Contains(statuses.Keys, status => status is >= 200 and < 300);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(30)) + $"\n{wrong.Count} in all. {api.Log.Troubles()}");
    }

    private static async Task<string?> WrongAsync(HttpResponseMessage response, JsonElement operation)
    {
        var status = (int)response.StatusCode;
        if (status >= 500)
        {
            return $"{status}: {await response.Content.ReadAsStringAsync()}";
        }

        if (status is 414 or 431)
        {
            return null;
        }

        if (!operation.GetProperty("responses").TryGetProperty($"{status}", out _) && !Everywhere.Contains(status))
        {
            return $"{status} is not documented";
        }

        if (status < 400)
        {
            return null;
        }

        var body = await response.Content.ReadAsStringAsync();
        try
        {
            var error = JsonDocument.Parse(body).RootElement;
            // The listing of comments alone says it by status and message.
            return error.TryGetProperty("detail", out _) || (error.TryGetProperty("status", out _) && error.TryGetProperty("message", out _)) ? null : $"{status} without detail: {body}";
        }
        catch (JsonException)
        {
            return $"{status} is no JSON: {body}";
        }
    }
}
