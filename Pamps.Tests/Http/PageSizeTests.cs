using System.Text.Json.Nodes;

namespace Pamps.Tests.Http;

/// <summary>How much of a list is asked for: any number is clamped, on every list, and what is no number is refused.</summary>
public sealed class PageSizeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Numbers =
        ["-1", "0", "41", "2147483648", "99999999999", "-99999999999", "1000000000000000000000000000000", "-1000000000000000000000000000000", "007"];

    private static readonly string[] Others = ["ten", "1.5", "1e3", "0x10", "--1", "-", "1%00", "%D9%A3"];

    [Fact]
    public async Task Every_list_clamps_numbers_and_refuses_what_is_none()
    {
        var text = await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        var lists = DocumentedOperation.ReadAll(JsonNode.Parse(text)!).Where(operation => operation.QueryNames.Contains("limit")).ToList();
        Assert.InRange(lists.Count, 20, 100);
        var world = await OperationWorld.CreateAsync(api);

        await Parallel.ForEachAsync(lists, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (list, _) =>
        {
            using var plain = await AskAsync(list, world, "");
            foreach (var limit in Numbers)
            {
                using var limited = await AskAsync(list, world, $"limit={limit}");
                await limited.ShouldBe(plain.StatusCode);
            }

            foreach (var limit in Others)
            {
                using var refused = await AskAsync(list, world, $"limit={limit}");
                await refused.ShouldBeProblemAsync(400, "malformed_request");
            }
        });
    }

    private async Task<HttpResponseMessage> AskAsync(DocumentedOperation list, OperationWorld world, string query)
    {
        using var request = list.Request(world, world.RightfulToken(list), query: list.QueryNames.Contains("id") ? $"?id={world.ContentId}&{query}" : list.QueryNames.Contains("q") ? $"?q=bom&{query}" : $"?{query}");
        return await api.Anonymous.SendAsync(request);
    }
}
