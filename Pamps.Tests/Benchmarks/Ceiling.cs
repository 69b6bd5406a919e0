using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pamps.Tests.Benchmarks;

/// <summary>What plain Kestrel can do on this machine: twenty posts of the same shape from memory, written by a generated serialiser, for anybody.</summary>
internal static class Ceiling
{
    public static async Task<int> RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CeilingJson.Default));
        await using var app = builder.Build();
        app.Urls.Add(address);
        var page = new CeilingPage([.. Enumerable.Range(1, 20).Select(CeilingPost.Of)], "MXxob21lfG58NDcxMXw", "MXxob21lfHB8NDczMHw");
        app.MapGet("/", () => TypedResults.Ok(page));
        await app.RunAsync();
        return 0;
    }
}

internal sealed record CeilingPage(IReadOnlyList<CeilingPost> Items, string NextCursor, string PrevCursor);

internal sealed record CeilingAuthor(string Id, string Username, string DisplayName);

internal sealed record CeilingViewer(bool Liked, bool Bookmarked, bool CanEdit);

internal sealed record CeilingPost(
    string Id, CeilingAuthor Author, string Text, IReadOnlyList<string> Tags, IReadOnlyList<string> Mentions, string CreatedAt,
    int Version, bool Published, bool Deleted, int LikeCount, int ReplyCount, CeilingViewer Viewer)
{
    public static CeilingPost Of(int number) => new(
        $"{100_000 + number}", new CeilingAuthor($"{number}", $"account{number}", $"Account {number}"), FeedDataset.TextOf(number),
        [], [], "2026-11-21T06:25:44.595Z", 1, true, false, 0, 0, new CeilingViewer(false, false, false));
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CeilingPage))]
internal sealed partial class CeilingJson : JsonSerializerContext;
