using System.Text.Json.Nodes;

namespace Pamps.Tests.Http;

/// <summary>How much of a list is asked for: any number is clamped, on every list, and what is no number is refused.</summary>
public sealed class PageSizeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("-1", true)]
    [InlineData("0", true)]
    [InlineData("41", true)]
    [InlineData("2147483648", true)]
    [InlineData("99999999999", true)]
    [InlineData("-99999999999", true)]
    [InlineData("1000000000000000000000000000000", true)]
    [InlineData("-1000000000000000000000000000000", true)]
    [InlineData("007", true)]
    [InlineData("ten", false)]
    [InlineData("1.5", false)]
    [InlineData("1e3", false)]
    [InlineData("0x10", false)]
    [InlineData("--1", false)]
    [InlineData("-", false)]
    [InlineData("1%00", false)]
    [InlineData("%D9%A3", false)]
    public async Task Every_list_clamps_numbers_and_refuses_what_is_none(string limit, bool isNumber)
    {
        var text = await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        var lists = DocumentedOperation.ReadAll(JsonNode.Parse(text)!).Where(operation => operation.QueryNames.Contains("limit")).ToList();
        Assert.InRange(lists.Count, 20, 100);
        var world = await OperationWorld.CreateAsync(api);

        foreach (var list in lists)
        {
            using var plain = await AskAsync(list, world, "");
            using var limited = await AskAsync(list, world, $"limit={limit}");

            if (isNumber)
            {
                await limited.ShouldBe(plain.StatusCode);
            }
            else
            {
                await limited.ShouldBeProblemAsync(400, "malformed_request");
            }
        }
    }

    private async Task<HttpResponseMessage> AskAsync(DocumentedOperation list, OperationWorld world, string query)
    {
        using var request = list.Request(world, world.RightfulToken(list), query: list.QueryNames.Contains("id") ? $"?id={world.ContentId}&{query}" : list.QueryNames.Contains("q") ? $"?q=bom&{query}" : $"?{query}");
        return await api.Anonymous.SendAsync(request);
    }
}
