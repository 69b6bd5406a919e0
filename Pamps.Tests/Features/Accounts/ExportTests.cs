using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;

namespace Pamps.Tests.Features.Accounts;

public sealed class ExportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Exports = "/api/v1/me/exports";

    [Fact]
    public async Task Export_holds_what_one_owns_and_no_secrets()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var posts = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            posts.Add((await ana.CreatePostAsync($"post {number} ção")).Id);
        }

        await ana.FollowAsync(bob);
        await ana.LikeAsync(await bob.CreatePostAsync("liked"));
        var key = await ana.PostAsync<CreatedApiKeyResponse>("/api/v1/me/api-keys", new { name = "a key", scopes = (string[])["read"] });

        var files = await DownloadAsync(ana);

        Assert.Equal(ExportSections.All.Select(section => $"{section.Name}.json").Order(), files.Keys.Order());
        Assert.Equal(posts, files["posts.json"].EnumerateArray().Select(post => post.GetProperty("id").ToString()));
        Assert.Equal(ana.Email, files["profile.json"][0].GetProperty("email").GetString());
        Assert.Equal(bob.Username, files["following.json"][0].GetProperty("username").GetString());
        Assert.Single(files["likes.json"].EnumerateArray());
        var everything = string.Concat(files.Values.Select(file => file.GetRawText()));
        Assert.Contains(key.Details.Prefix, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Key, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("passwordHash", everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(bob.Email, everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Second_export_of_a_day_is_refused_with_the_time_to_wait()
    {
        var ana = await api.SignedInAs("ana");
        await ana.PostAsync<ExportResponse>(Exports);

        using var response = await ana.Http.PostAsync(new Uri(Exports, UriKind.Relative), content: null);

        await response.ShouldBeProblemAsync(429, "rate_limited");
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.FromHours(23));
    }

    [Fact]
    public async Task Of_twenty_requests_at_once_one_is_accepted()
    {
        var ana = await api.SignedInAs("ana");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ana.Http.PostAsync(new Uri(Exports, UriKind.Relative), content: null)));

        await Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Accepted).ShouldBe(HttpStatusCode.Accepted);
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Accepted))
        {
            await refused.ShouldBeProblemAsync(429, "rate_limited");
        }

        Assert.Single(await ana.GetAsync<List<ExportResponse>>(Exports));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Exports_of_somebody_else_do_not_exist()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var export = await ana.PostAsync<ExportResponse>(Exports);

        using var state = await bob.Http.GetAsync(new Uri($"{Exports}/{export.Id}", UriKind.Relative));
        using var file = await bob.Http.GetAsync(new Uri($"{Exports}/{export.Id}/file", UriKind.Relative));

        await state.ShouldBeProblemAsync(404, "not_found");
        await file.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public void Every_table_that_names_a_person_is_exported_or_excused()
    {
        // Idempotency keys hold answers that were given already, for a day.
        HashSet<Type> excused = [typeof(IdempotencyKey)];
        using var scope = api.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<PampsDbContext>().Model;
        var personal = model.GetEntityTypes().Where(DeleteAccountTests.IsPersonal).Select(entity => entity.ClrType).ToHashSet();

        Assert.NotEmpty(personal);
        Assert.Empty(personal.Except(ExportSections.All.SelectMany(section => section.Tables)).Except(excused));
    }

    private static async Task<Dictionary<string, JsonElement>> DownloadAsync(TestUser user)
    {
        var export = await user.PostAsync<ExportResponse>(Exports);
        var ready = await Eventually.Be(() => user.GetAsync<ExportResponse>($"{Exports}/{export.Id}"), state => state.State == "ready");
        Assert.Equal(100, ready.Progress);
        using var response = await user.Http.GetAsync(new Uri(ready.DownloadUrl!, UriKind.Relative));
        await response.ShouldBe(HttpStatusCode.OK);
        using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync());
        var files = new Dictionary<string, JsonElement>();
        foreach (var entry in archive.Entries)
        {
            await using var content = await entry.OpenAsync();
            files[entry.FullName] = (await JsonDocument.ParseAsync(content)).RootElement;
        }

        return files;
    }
}
