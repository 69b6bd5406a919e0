using Microsoft.Playwright;
using Pamps.MigrationService;

namespace Pamps.Tests.Web;

/// <summary>Whoever reads keeps the place, sees what is new when they ask for it, and can act without a mouse.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task A_like_shows_at_once_and_is_taken_back_when_it_fails()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.RegisterAsync("liker");
        // Not where everybody writes: what is first there is another post in a moment.
        var writer = await SiteAccount.RegisterAsync("liked");
        await writer.PostAsync("Like this, please.");
        await visitor.GoAsync($"/@{writer.Username}");
        var like = visitor.Page.Locator(".post .like").First;
        var count = await like.InnerTextAsync();
        await visitor.Page.RouteAsync("**/like", route => route.FulfillAsync(new() { Status = 500 }));

        await like.ClickAsync();

        await Assertions.Expect(visitor.Page.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(like).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(like).ToHaveTextAsync(count);
        await visitor.Page.UnrouteAsync("**/like");
        await visitor.Page.RunAndWaitForResponseAsync(() => like.ClickAsync(), response => response.Url.EndsWith("/like", StringComparison.Ordinal));
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Page.Locator(".post .like").First).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Theory]
    [InlineData("bookmark")]
    [InlineData("follow")]
    public async Task A_bookmark_or_follow_that_fails_is_taken_back_and_said(string action)
    {
        var writer = await SiteAccount.RegisterAsync("refused");
        await writer.PostAsync("Nothing sticks to this.");
        await using var visitor = await (await SiteAccount.RegisterAsync("optimist")).ArriveAsync();
        await visitor.GoAsync($"/@{writer.Username}");
        var answer = new TaskCompletionSource();
        await visitor.Page.RouteAsync($"**/{action}", async route =>
        {
            await answer.Task;
            await route.FulfillAsync(new() { Status = 500 });
        });
        var button = visitor.Page.Locator($"[data-action={action}]").First;

        await button.ClickAsync();

        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        answer.SetResult();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(visitor.Page.Locator(".toast")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_message_with_a_way_back_waits_as_long_as_the_focus_is_on_it()
    {
        var account = await SiteAccount.RegisterAsync("patient");
        await account.PostAsync("Deleted in a moment.");
        await using var visitor = await account.ArriveAsync();
        await visitor.Page.Clock.InstallAsync();
        await visitor.GoAsync($"/@{account.Username}");
        await visitor.Page.WaitForLoadStateAsync();
        await visitor.Page.Clock.PauseAtAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));
        await visitor.Page.Locator(".post-menu summary").ClickAsync();
        await visitor.Page.Locator("[data-delete]").ClickAsync();
        var toast = visitor.Page.Locator(".toast");
        await toast.GetByRole(AriaRole.Button, new() { Name = "Undo" }).FocusAsync();

        await visitor.Page.Clock.RunForAsync(60_000);
        await Assertions.Expect(toast).ToBeVisibleAsync();
        await toast.GetByRole(AriaRole.Button).EvaluateAsync("button => button.blur()");
        await visitor.Page.Clock.RunForAsync(5_000);
        await Assertions.Expect(toast).ToBeVisibleAsync();
        await visitor.Page.Clock.RunForAsync(5_000);

        await Assertions.Expect(toast).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_scripts_the_next_page_is_a_link()
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: false));
        await visitor.GoAsync("/public");
        var first = await visitor.Page.Locator(".feed .post").First.GetAttributeAsync("data-id");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Load more" }).ClickAsync();

        await visitor.Page.WaitForURLAsync(url => url.Contains("max_id=", StringComparison.Ordinal));
        await Assertions.Expect(visitor.Page.Locator($"#post-{first}")).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator(".feed .post").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task New_posts_wait_behind_a_pill_and_move_nothing()
    {
        await using var reader = await SiteVisitor.ArriveAsync();
        await using var writer = await SiteVisitor.ArriveAsync();
        await reader.RegisterAsync("pill");
        await writer.RegisterAsync("news");
        await writer.PostAsync("the one before");
        await reader.FollowAsync(writer.Username);
        await Eventually.Be(
            async () =>
            {
                await reader.GoAsync("/");
                return await reader.PostWith("the one before").CountAsync();
            },
            count => count == 1);
        var before = await reader.PostWith("the one before").BoundingBoxAsync();

        await writer.PostAsync("the news of today");

        var pill = reader.Page.Locator("[data-new]");
        await Assertions.Expect(pill).ToHaveTextAsync("1 new post");
        Assert.Equal(before!.Y, (await reader.PostWith("the one before").BoundingBoxAsync())!.Y);
        await pill.ClickAsync();
        await Assertions.Expect(reader.PostWith("the news of today")).ToBeFocusedAsync();
        await Assertions.Expect(pill).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keys_walk_the_list_and_explain_themselves()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.GoAsync("/public");
        await visitor.Page.Keyboard.PressAsync("j");
        await visitor.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(visitor.Page.Locator(".feed .post").Nth(1)).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(visitor.Page.Locator(".feed .post").First).ToBeFocusedAsync();

        await visitor.Page.Keyboard.PressAsync("?");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Nobody_sees_the_page_of_who_signed_out()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.RegisterAsync("leaver");
        await visitor.GoAsync("/");
        await visitor.Page.Locator(".account-menu summary").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToHaveCountAsync(0);

        await visitor.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });

        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_of_debts_becomes_boletos_that_can_be_looked_at(bool scripts)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: scripts));
        await visitor.SignInAsync(DevelopmentSeed.Administrator, DevelopmentSeed.Password);
        await visitor.GoAsync("/billing/import");
        var debt = ApiFixture.Unique("d");
        var file = $"name,governmentId,email,debtAmount,debtDueDate,debtId\nMaria Souza,52998224725,maria@example.org,149.90,2031-10-12,{debt}\n";
        await visitor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "debts.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });

        await visitor.Page.Locator("main form[method=post] button[type=submit]").ClickAsync();

        await visitor.Page.WaitForURLAsync(url => url.Contains("/billing/imports/", StringComparison.Ordinal));
        await Eventually.Be(
            async () =>
            {
                await visitor.GoAsync($"/billing?debt={debt}");
                return await visitor.Page.Locator("tbody a").CountAsync();
            },
            count => count == 1);
        await visitor.Page.Locator("tbody a").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = $"Boleto {debt}" })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("code.digits")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^341"));
        await Assertions.Expect(visitor.Page.Locator("svg.bars")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }
}
