using System.Text.Json;
using Xunit.Abstractions;

namespace Pamps.Tests.Http;

/// <summary>Hundreds of odd requests to every operation of the OpenAPI document: none fails inside, all answer as documented.</summary>
public sealed class FuzzTests(ApiFixture api, ITestOutputHelper output) : IClassFixture<ApiFixture>
{
    private const int RequestsPerOperation = 6;

    // Any operation may answer so: routing, authentication and limits refuse before the operation is asked.
    private static readonly HashSet<int> Everywhere = [400, 401, 403, 404, 405, 413, 415, 429];

    // The server itself refuses addresses and headers that are far too long, before the API sees them.
    private static readonly HashSet<int> OfTheServer = [414, 431];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Odd_requests_are_answered_as_documented(int seed)
    {
        using var text = await api.Anonymous.GetAsync(new Uri("/openapi.json", UriKind.Relative));
        var fuzzer = new RequestFuzzer(await text.ShouldBe<JsonElement>(System.Net.HttpStatusCode.OK), seed);
        var operations = fuzzer.Operations.ToList();
        Assert.InRange(operations.Count, 10, 500);

        var wrong = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        foreach (var (path, method, operation) in operations)
        {
            var (member, administrator) = (await api.SignedInAs("fuzzer"), await api.SignedInAs("fuzzer"));
            await api.Database.ExecuteAsync($"UPDATE accounts SET role = 'Administrator', billing_operator = true WHERE id = {administrator.Id}");
            var post = await member.CreatePostAsync();
            fuzzer.Known.Clear();
            fuzzer.Known.AddRange([post.Id, member.Id, administrator.Id, member.Username, administrator.Username]);
            var callers = (HttpClient[])[administrator.Http, member.Http, administrator.Http, api.Anonymous, member.Http, administrator.Http];

            for (var round = 0; round < RequestsPerOperation; round++)
            {
                using var request = fuzzer.Make(path, method, operation);
                var sent = $"{method} {request.RequestUri} {await BodyOf(request)}";
                // Only the headers: a live stream has no end.
                using var response = await callers[round % callers.Length].SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var status = (int)response.StatusCode;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (await WrongAsync(response, operation) is { } reason)
                {
                    wrong.Add($"{reason}\n    {sent[..Math.Min(sent.Length, 600)]}");
                }
            }
        }

        output.WriteLine($"seed {seed}: {operations.Count} operations, {string.Join(", ", statuses.Select(pair => $"{pair.Value} × {pair.Key}"))}");
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

        if (OfTheServer.Contains(status))
        {
            return null;
        }

        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty($"{status}", out _) && !Everywhere.Contains(status))
        {
            return $"{status} is not documented";
        }

        return status >= 400 && response.Content.Headers.ContentType?.MediaType != "application/problem+json"
            ? $"{status} without a problem document: {response.Content.Headers.ContentType}"
            : null;
    }

    private static async Task<string> BodyOf(HttpRequestMessage request) => request.Content is null ? "" : await request.Content.ReadAsStringAsync();
}
