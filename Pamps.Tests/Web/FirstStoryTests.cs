namespace Pamps.Tests.Web;

/// <summary>What the whole app is for, through the browser, the site, the API, Postgres, the outbox and Redis.</summary>
public sealed class FirstStoryTests
{
    public static TheoryData<Look> Looks => [new Look(), new Look(Scripts: false), new Look(Phone: true), new Look(Phone: true, Scripts: false)];

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task A_post_reaches_the_home_feed_of_a_follower(Look look)
    {
        await using var reader = await SiteVisitor.ArriveAsync(look);
        await using var writer = await SiteVisitor.ArriveAsync(look);
        await reader.RegisterAsync("reader");
        await writer.RegisterAsync("writer");
        await reader.FollowAsync(writer.Username);
        var text = $"The first post of {writer.Username}: bom dia!";

        await writer.PostAsync(text);

        var shown = await Eventually.Be(
            async () =>
            {
                await reader.GoAsync("/");
                return await reader.Page.GetByRole(Microsoft.Playwright.AriaRole.Feed).AllInnerTextsAsync();
            },
            feeds => string.Concat(feeds).Contains(text, StringComparison.Ordinal));
        Assert.Contains(writer.Username, string.Concat(shown), StringComparison.Ordinal);
        Assert.Empty(reader.Troubles);
        Assert.Empty(writer.Troubles);
    }
}
