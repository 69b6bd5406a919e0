using System.Net.Http.Json;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>The comforts of writing.</summary>
public sealed class ComposingTests : IAsyncLifetime
{
    private SiteAccount _account = null!;
    private SiteVisitor _visitor = null!;

    private ILocator Field => _visitor.Page.GetByLabel("Text of the post");

    public async Task InitializeAsync()
    {
        _account = await SiteAccount.RegisterAsync("composer");
        _visitor = await _account.ArriveAsync();
        await _visitor.GoAsync("/compose");
    }

    public async Task DisposeAsync() => await _visitor.DisposeAsync();

    [Fact]
    public async Task A_double_click_makes_one_post()
    {
        await Field.FillAsync("Pressed twice");

        await _visitor.Page.Locator("[data-send]").DblClickAsync();

        await Assertions.Expect(_visitor.PostWith("Pressed twice")).ToBeVisibleAsync();
        Assert.Single((await PostsAsync()).Items);
        Assert.Empty(_visitor.Troubles);
    }

    [Fact]
    public async Task A_form_sent_twice_without_scripts_makes_one_post()
    {
        await using var plain = await _account.ArriveAsync(new Look(Scripts: false), whole: true);
        await plain.GoAsync("/compose");
        await plain.Page.GetByLabel("Text of the post").FillAsync("Sent twice");
        await plain.Page.Locator("[data-send]").ClickAsync();
        await plain.Page.WaitForURLAsync(url => url.Contains("/posts/", StringComparison.Ordinal));

        // Back shows the form as it was sent, with its key.
        await plain.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(plain.Page.GetByLabel("Text of the post")).ToHaveValueAsync("Sent twice");
        await plain.Page.Locator("[data-send]").ClickAsync();
        await plain.Page.WaitForURLAsync(url => url.Contains("/posts/", StringComparison.Ordinal));

        Assert.Single((await PostsAsync()).Items);
    }

    [Fact]
    public async Task The_counter_warns_by_sight_and_by_voice_at_thresholds_only()
    {
        await _visitor.Page.EvaluateAsync("() => { window.said = []; new MutationObserver(() => { const text = document.getElementById('live').textContent; if (text) window.said.push(text); }).observe(document.getElementById('live'), { childList: true, characterData: true, subtree: true }); }");
        var counter = _visitor.Page.Locator("[data-counter]");
        await Field.FillAsync(new string('a', 470));
        await Assertions.Expect(counter).ToHaveTextAsync("30");
        foreach (var (length, left, look) in ((int, string, string)[])[(480, "20", "near"), (485, "15", "near"), (500, "0", "near"), (503, "-3", "over"), (510, "-10", "over")])
        {
            await Field.FillAsync(new string('a', length));
            await Assertions.Expect(counter).ToHaveTextAsync(left);
            await Assertions.Expect(counter).ToHaveClassAsync(new System.Text.RegularExpressions.Regex(look));
        }

        await _visitor.Page.WaitForFunctionAsync("() => window.said.length >= 2");
        Assert.Equal(["20 characters left", "3 characters too many"], await _visitor.Page.EvaluateAsync<string[]>("() => window.said"));
    }

    [Fact]
    public async Task People_and_tags_are_offered_while_typing_and_taken_by_keys()
    {
        var friend = await SiteAccount.RegisterAsync("befriended");
        await friend.PostAsync($"#tag{friend.Username} is used here.");
        var options = _visitor.Page.Locator(".suggest:not([hidden]) [role=option]");
        await Field.PressSequentiallyAsync($"Hi @{friend.Username}");
        await Assertions.Expect(options.First).ToContainTextAsync(friend.Username);
        await Assertions.Expect(Field).ToHaveAttributeAsync("aria-activedescendant", (await options.First.GetAttributeAsync("id"))!);
        await Field.PressAsync("Enter");
        await Assertions.Expect(Field).ToHaveValueAsync($"Hi @{friend.Username} ");
        await Assertions.Expect(options).ToHaveCountAsync(0);

        await Field.PressSequentiallyAsync($"#tag{friend.Username[..^1]}");
        await Assertions.Expect(options.First).ToBeVisibleAsync();
        await Field.PressAsync("Escape");

        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions.Expect(Field).ToBeFocusedAsync();
        await Assertions.Expect(Field).ToHaveValueAsync($"Hi @{friend.Username} #tag{friend.Username[..^1]}");
        Assert.Empty(_visitor.Troubles);
    }

    [Fact]
    public async Task A_file_is_not_taken_and_nothing_changes()
    {
        await Field.FillAsync("Words only");
        await Field.EvaluateAsync("""
            field => {
                const data = new DataTransfer();
                data.items.add(new File(['x'], 'picture.png', { type: 'image/png' }));
                field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);

        await Assertions.Expect(_visitor.Page.Locator(".toast")).ToContainTextAsync("Posts hold text only");
        var dropped = await Field.EvaluateAsync<bool>("""
            field => {
                const data = new DataTransfer();
                data.items.add(new File(['x'], 'picture.png', { type: 'image/png' }));
                return field.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """);
        Assert.False(dropped);
        await Assertions.Expect(_visitor.Page.Locator(".toast")).ToHaveCountAsync(2);
        await Assertions.Expect(Field).ToHaveValueAsync("Words only");
    }

    [Fact]
    public async Task Leaving_asks_only_where_no_draft_can_be_kept()
    {
        await Field.FillAsync("Kept by the browser");
        await _visitor.GoAsync("/about");
        await _visitor.GoAsync("/compose");
        await Assertions.Expect(Field).ToHaveValueAsync("Kept by the browser");
        await _visitor.Page.Locator(".toast button").ClickAsync();
        await Assertions.Expect(Field).ToHaveValueAsync("");

        var asked = false;
        _visitor.Page.Dialog += async (_, dialog) =>
        {
            asked |= dialog.Type == DialogType.BeforeUnload;
            await dialog.AcceptAsync();
        };
        await _visitor.Page.EvaluateAsync("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
        await Field.PressSequentiallyAsync("Nowhere to keep this");
        await _visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Everyone" }).ClickAsync();
        await _visitor.Page.WaitForURLAsync(url => url.EndsWith("/public", StringComparison.Ordinal));
        Assert.True(asked);
    }

    [Fact]
    public async Task A_draft_of_a_reply_belongs_to_its_post_and_leaves_with_its_writer()
    {
        var (one, other) = (await _account.PostAsync("One."), await _account.PostAsync("Another."));
        await _visitor.GoAsync($"/compose?reply={one.Id}");
        var field = _visitor.Page.GetByLabel("Text of the reply");
        await field.FillAsync("An answer to one");
        await _visitor.GoAsync($"/compose?reply={other.Id}");
        await Assertions.Expect(field).ToHaveValueAsync("");
        await _visitor.GoAsync($"/posts/{one.Id}");
        await Assertions.Expect(field).ToHaveValueAsync("An answer to one");

        await _visitor.Page.Locator(".account-menu summary").ClickAsync();
        await _visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(_visitor.Page.Locator(".account-menu")).ToHaveCountAsync(0);

        Assert.Equal(0, await _visitor.Page.EvaluateAsync<int>("() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"));
    }

    [Fact]
    public async Task An_edit_that_somebody_else_overtook_keeps_the_text_and_asks()
    {
        var post = await _account.PostAsync("The first version.");
        await _visitor.GoAsync($"/posts/{post.Id}/edit");
        await Field.FillAsync("My version.");
        using var overtaken = await _account.Http.PutAsJsonAsync($"/api/v1/posts/{post.Id}", new EditPostRequest { Text = "Another version." }, Wire.Json);
        await overtaken.ShouldSucceed();

        await _visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(_visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("changed somewhere else");
        await Assertions.Expect(Field).ToHaveValueAsync("My version.");
        await _visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(_visitor.Page.Locator(".main-post")).ToContainTextAsync("My version.");
    }

    [Fact]
    public async Task Being_offline_is_said_and_ends_by_itself()
    {
        await Field.FillAsync("Written in a tunnel");
        await _visitor.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(_visitor.Page.Locator(".offline")).ToContainTextAsync("You are offline");
        await _visitor.Page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(_visitor.Page.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(Field).ToHaveValueAsync("Written in a tunnel");

        await _visitor.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(_visitor.Page.Locator(".offline")).ToHaveCountAsync(0);
        await _visitor.Page.Locator("[data-send]").ClickAsync();

        await Assertions.Expect(_visitor.PostWith("Written in a tunnel")).ToBeVisibleAsync();
    }

    private Task<Page<PostResponse>> PostsAsync() => _account.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{_account.Username}/posts");
}
