using Microsoft.Playwright;
using Pamps.MigrationService;

namespace Pamps.Tests.Web;

/// <summary>From a report to what became of it.</summary>
public sealed class ModerationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reported_post_is_hidden_and_the_reporter_is_told(bool scripts)
    {
        var (writer, reporter) = (await SiteAccount.RegisterAsync("rude"), await SiteAccount.RegisterAsync("reporter"));
        var post = await writer.PostAsync("Rude words for moderators.");
        var note = $"Please look: {writer.Username}";
        await using (var visitor = await reporter.ArriveAsync(new Look(Scripts: scripts)))
        {
            await visitor.GoAsync($"/posts/{post.Id}");
            await visitor.Page.Locator(".main-post .post-menu summary").ClickAsync();
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Report this post" }).ClickAsync();
            await visitor.Page.GetByLabel("Attacks on a person").CheckAsync();
            await visitor.Page.GetByLabel("What else should we know?").FillAsync(note);
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send report" }).ClickAsync();
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

            // Whoever presses twice is told that it is known, and keeps the words.
            await visitor.GoAsync($"/report?post={post.Id}");
            await visitor.Page.GetByLabel("Attacks on a person").CheckAsync();
            await visitor.Page.GetByLabel("What else should we know?").FillAsync("Once more");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send report" }).ClickAsync();
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You have reported this already");
            await Assertions.Expect(visitor.Page.GetByLabel("What else should we know?")).ToHaveValueAsync("Once more");
            Assert.Equal(403, (await visitor.GoAsync("/moderation/reports")).Status);
        }

        await using (var moderator = await SiteVisitor.ArriveAsync(new Look(Scripts: scripts)))
        {
            await moderator.SignInAsync(DevelopmentSeed.Administrator, DevelopmentSeed.Password);
            await moderator.GoAsync("/moderation/reports");
            var report = moderator.Page.Locator("main li.box").Filter(new() { HasText = note });
            await Assertions.Expect(report.GetByText("Rude words for moderators.")).ToBeVisibleAsync();
            await report.Locator("input[value=Hide]").CheckAsync();
            await report.Locator("textarea").FillAsync("That was rude indeed.");
            await report.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(report).ToHaveCountAsync(0);
            await moderator.GoAsync("/moderation/reports?state=resolved");
            await Assertions.Expect(report.GetByText("That was rude indeed.")).ToBeVisibleAsync();
            Assert.Empty(moderator.Troubles);
        }

        await using var stranger = await SiteVisitor.ArriveAsync();
        Assert.Equal(410, (await stranger.GoAsync($"/posts/{post.Id}")).Status);
        await using var told = await reporter.ArriveAsync();
        await Eventually.Be(
            async () =>
            {
                await told.GoAsync("/notifications");
                return await told.Page.GetByText("There is news about a report.").CountAsync();
            },
            count => count == 1);
    }
}
