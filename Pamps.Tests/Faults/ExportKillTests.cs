using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Accounts;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>The API dies while it puts an export together.</summary>
[TakesMinutes]
public sealed class ExportKillTests(ITestOutputHelper output)
{
    private const int Posts = 3_000;
    private const int Kills = 3;
    private const string Exports = "/api/v1/me/exports";

    private static readonly Dictionary<string, string?> Settings = new() { ["Accounts:StepRows"] = "10" };

    [Fact]
    public async Task An_interrupted_export_becomes_ready_and_holds_everything_once()
    {
        await using var scene = await FaultScene.StartAsync(output, Settings);
        var user = await scene.SignedInAs("owner");
        await scene.ExecuteAsync(
            """
            insert into posts (author_id, text, depth, created_at, published, version, like_count, reply_count, tags, mention_names)
            select $1, 'post ' || n || ' ção', 0, now(), true, 1, 0, 0, '{}', '{}' from generate_series(1, $2) n
            """,
            long.Parse(user.Id, CultureInfo.InvariantCulture), Posts);
        var export = await user.PostAsync<ExportResponse>(Exports);

        var pieces = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            var next = pieces + 1 + scene.Chance.Below(40);
            await Eventually.Be(() => scene.NumberAsync("select count(*) from account_export_parts"), count => count >= next);
            await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(30));
            await scene.Api[0].KillAsync();
            pieces = await scene.NumberAsync("select count(*) from account_export_parts");
            Assert.Equal("running", (await scene.ColumnAsync<string>("select state from account_exports")).Single());
            scene.Print($"Killed after {pieces} pieces.");
            await scene.Api[0].StartAsync();
        }

        var ready = await Eventually.Be(() => user.GetAsync<ExportResponse>($"{Exports}/{export.Id}"), state => state.State == "ready");
        using var response = await user.Http.GetAsync(new Uri(ready.DownloadUrl!, UriKind.Relative));
        await response.ShouldBe(HttpStatusCode.OK);
        using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync());
        Assert.Equal(ExportSections.All.Select(section => $"{section.Name}.json").Order(), archive.Entries.Select(entry => entry.FullName).Order());
        foreach (var entry in archive.Entries)
        {
            await using var content = await entry.OpenAsync();
            using var json = await JsonDocument.ParseAsync(content);
            if (entry.FullName == "posts.json")
            {
                Assert.Equal(
                    Enumerable.Range(1, Posts).Select(number => $"post {number} ção").Order(),
                    json.RootElement.EnumerateArray().Select(post => post.GetProperty("text").GetString()!).Order());
            }
        }
    }
}
