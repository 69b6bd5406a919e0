using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Search;

/// <summary>What is found and what is not.</summary>
public sealed class SearchTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Words_are_found_in_other_forms_and_without_accents()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync("Preciso de informações sobre a padaria");
        foreach (var query in new[] { "informação", "informacoes", "padarias", "INFORMAÇÕES padaria", "\"sobre a padaria\"", $"padaria author:{ana.Username}", "padaria after:2001-01-01", "padaria before:2999-01-01" })
        {
            Assert.Contains(await FindAsync(ana, query), found => found.Id == post.Id);
        }

        foreach (var query in new[] { "padaria -informações", "\"padaria sobre\"", "\"sobre as padarias\"", "padaria author:nobody", "padaria before:2001-01-01", "padaria after:2999-01-01", "padaria tag:other" })
        {
            Assert.DoesNotContain(await FindAsync(ana, query), found => found.Id == post.Id);
        }
    }

    [Fact]
    public async Task Filters_alone_find_the_newest_first_and_pages_do_not_repeat()
    {
        var ana = await api.SignedInAs("ana");
        var tag = $"t{Guid.NewGuid():N}"[..12];
        var expected = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            expected.Insert(0, (await ana.CreatePostAsync($"número {index} #{tag}")).Id);
        }

        Assert.Equal(expected, await WalkAsync(ana, $"tag:{tag}"));
        Assert.Equal(expected.Order(), (await WalkAsync(ana, $"número #{tag}")).Order());
        Assert.Equal([new TagResponse(tag, 5)], (await ana.GetAsync<SearchResponse>($"/api/v1/search?type=tags&q={tag[2..8]}")).Tags);
    }

    [Fact]
    public async Task Accounts_are_found_by_part_of_a_name_and_misspelt()
    {
        var someone = await api.SignedInAs("guimaraes");
        foreach (var query in new[] { someone.Username, "guimar", "guimaraez" })
        {
            var found = await someone.GetAsync<SearchResponse>($"/api/v1/search?type=accounts&q={query}");
            Assert.Contains(found.Accounts, account => account.Username == someone.Username);
        }
    }

    [Theory]
    [InlineData("?q=")]
    [InlineData("?q=%20")]
    [InlineData("?q=after:yesterday")]
    [InlineData("?q=a%00b")]
    [InlineData("?q=x&type=everything")]
    [InlineData("?q=x&since=soon")]
    public async Task A_question_that_cannot_be_read_is_refused(string query)
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/search" + query, UriKind.Relative));
        await response.ShouldBeProblemAsync(400, "validation_failed");
    }

    [Theory]
    [InlineData("'; drop table posts; --")]
    [InlineData("((( & | ! <-> \"open")]
    [InlineData("%_\\")]
    [InlineData("a:b:c -")]
    public async Task Any_other_text_is_a_question(string query)
    {
        foreach (var type in new[] { "posts", "accounts", "tags" })
        {
            using var response = await api.Anonymous.GetAsync(new Uri($"/api/v1/search?type={type}&q={Uri.EscapeDataString(query)}", UriKind.Relative));
            await response.ShouldBe(System.Net.HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task What_is_deleted_or_a_draft_is_not_found()
    {
        var ana = await api.SignedInAs("ana");
        var word = $"w{Guid.NewGuid():N}"[..14];
        var post = await ana.CreatePostAsync(word);
        Assert.Single(await FindAsync(ana, word));
        await ana.DeletePostAsync(post);
        Assert.Empty(await FindAsync(ana, word));
        var draft = $"d{Guid.NewGuid():N}"[..14];
        await ana.PostAsync<PostResponse>("/api/v1/posts", new { text = draft, published = false });
        Assert.Empty(await FindAsync(ana, draft));
    }

    private static async Task<IReadOnlyList<PostResponse>> FindAsync(TestUser user, string query) =>
        (await user.GetAsync<SearchResponse>($"/api/v1/search?limit=40&q={Uri.EscapeDataString(query)}")).Posts;

    private static async Task<List<string>> WalkAsync(TestUser user, string query)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await user.GetAsync<SearchResponse>($"/api/v1/search?limit=2&q={Uri.EscapeDataString(query)}" + (cursor is null ? "" : $"&cursor={cursor}"));
            ids.AddRange(page.Posts.Select(post => post.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ids;
    }
}
