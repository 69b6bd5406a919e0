using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>Names and texts that want to break the page, hide in it or turn it around are shown as what they are: text.</summary>
public sealed class HostileTextTests
{
    private const string RightToLeftOverride = "\u202E";
    private const string ZeroWidth = "\u200B\u200D\u2060";
    private const string Markup = "<script>window.hit=1</script><img src=x onerror=\"window.hit=2\"><svg onload=window.hit=3>";

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "markup", "<b onmouseover=\"window.hit=4\">Bold</b>", Markup + "\"><script>window.hit=5</script> javascript:window.hit=6 {{7*7}}" },
        { "direction", "Ordinary", $"An {RightToLeftOverride}override that is never closed, and \u2067an isolate" },
        { "zero-width", $"A{ZeroWidth}n{ZeroWidth}a", $"z{string.Concat(Enumerable.Repeat(ZeroWidth, 30))}w {ZeroWidth}" },
        { "long-word", new string('W', 50), new string('w', 500) },
        { "emoji", "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇧🇷", string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 200)) + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞" },
        { "right-to-left", "عمر بن سعيد", "هذا نص من اليمين إلى اليسار مع English في الوسط" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_names_and_texts_are_only_text(string kind, string name, string text)
    {
        var writer = await SiteAccount.RegisterAsync("hostile", name);
        using var profile = await writer.Http.PatchAsJsonAsync("/api/v1/me", new UpdateProfileRequest { Bio = kind == "direction" ? name : text[..Math.Min(text.Length, 400)] }, Wire.Json);
        await profile.ShouldSucceed();
        var post = await writer.PostAsync(text);
        await writer.PostAsync($"An answer with {text[..Math.Min(text.Length, 100)]}", post);
        await using var visitor = await writer.ArriveAsync(new Look(Phone: true));
        var page = visitor.Page;
        foreach (var path in (string[])[$"/@{writer.Username}", $"/posts/{post.Id}", "/", $"/posts/{post.Id}/edit", $"/report?post={post.Id}", $"/search?q={Uri.EscapeDataString(name)}", "/settings/profile"])
        {
            await visitor.GoAsync(path);
            await page.SetViewportSizeAsync(320, 640);

            Assert.Null(await page.EvaluateAsync<int?>("() => window.hit ?? null"));
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('main script, main img, [onerror], [onload], [onmouseover], a[href^=\"javascript\" i]').length"));
            Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, $"{kind} is too wide on {path}");
            // Nothing of a name reaches beyond it, whatever direction it goes.
            Assert.Equal(0, await page.Locator(".name:not(bdi, bdi *)").CountAsync());
            Assert.Equal(0, await page.Locator("main .post-text:not([dir=auto])").CountAsync());
        }

        await visitor.GoAsync($"/posts/{post.Id}");
        // The browser shows what was written, letter for letter.
        Assert.Equal(post.Text, await page.Locator(".main-post .post-text").EvaluateAsync<string>("text => text.textContent"));
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_name_that_turns_the_page_around_is_refused_where_it_was_typed()
    {
        var account = await SiteAccount.RegisterAsync("hostile");
        await using var visitor = await account.ArriveAsync();
        await visitor.GoAsync("/settings/profile");
        await visitor.Page.GetByLabel("Name to show").FillAsync(RightToLeftOverride + "gpj.exe");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByLabel("Name to show")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.DoesNotContain(RightToLeftOverride, (await account.GetAsync<MeResponse>("/api/v1/me")).DisplayName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_of_the_web_is_no_link()
    {
        var writer = await SiteAccount.RegisterAsync("hostile");
        var post = await writer.PostAsync("javascript:alert(1) data:text/html,x vbscript:x https://example.org/\"onmouseover=\"window.hit=1 https://user:secret@example.org/");
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.GoAsync($"/posts/{post.Id}");

        var links = visitor.Page.Locator(".main-post .post-text a");
        var addresses = await links.EvaluateAllAsync<string[]>("links => links.map(link => link.href)");

        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.StartsWith("https://", address, StringComparison.Ordinal));
        Assert.All(await links.EvaluateAllAsync<string[]>("links => links.map(link => link.rel)"), rel => Assert.Equal("nofollow noopener ugc", rel));
        Assert.Equal(0, await visitor.Page.Locator("[onmouseover]").CountAsync());
    }

    [Fact]
    public async Task A_picture_from_elsewhere_is_never_fetched_and_a_link_tells_only_where_from()
    {
        const string Elsewhere = "https://tracker.example/";
        var writer = await SiteAccount.RegisterAsync("hostile");
        using var profile = await writer.Http.PatchAsJsonAsync(
            "/api/v1/me", new UpdateProfileRequest { AvatarUrl = Elsewhere + "face.png", Bio = Elsewhere + "bio.png", Links = [Elsewhere + "home.png"] }, Wire.Json);
        await profile.ShouldSucceed();
        var post = await writer.PostAsync($"{Elsewhere}picture.png ![a picture]({Elsewhere}mark.gif) <img src=\"{Elsewhere}pixel.gif\">");
        await using var visitor = await writer.ArriveAsync();
        var page = visitor.Page;
        var asked = new ConcurrentQueue<string>();
        await page.RouteAsync(Elsewhere + "**", route =>
        {
            asked.Enqueue(route.Request.Url);
            return route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>Elsewhere</title>" });
        });

        foreach (var path in (string[])[$"/@{writer.Username}", "/", "/public", $"/search?q={writer.Username}&type=accounts", $"/posts/{post.Id}"])
        {
            await visitor.GoAsync(path);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }

        // Even one that found its way into a page would fetch nothing.
        var refused = await page.EvaluateAsync<string>($$"""
            () => new Promise(refused => {
                document.addEventListener('securitypolicyviolation', event => refused(event.effectiveDirective), { once: true });
                document.body.append(Object.assign(new Image(), { src: '{{Elsewhere}}late.gif' }));
            })
            """);
        Assert.Equal("img-src", refused);
        Assert.Empty(asked);

        // Who follows a link is not followed: the other site learns neither the post nor the reader.
        await page.Locator(".main-post .post-text a").First.ClickAsync();
        await page.WaitForURLAsync(Elsewhere + "**");
        Assert.Equal(new Uri((await AppModel.SiteAsync()).Web, "/").ToString(), await page.EvaluateAsync<string>("() => document.referrer"));
        Assert.Equal(Elsewhere + "picture.png", Assert.Single(asked));
    }

    [Theory]
    [InlineData("/search?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E")]
    [InlineData("/search?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E&type=tags")]
    [InlineData("/tags/%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E")]
    [InlineData("/content?id=javascript%3Awindow.hit%3D1")]
    [InlineData("/embed?id=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E")]
    [InlineData("/compose?text=%3C%2Ftextarea%3E%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E")]
    [InlineData("/report?account=%22%3E%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E")]
    [InlineData("/sign-in?returnUrl=javascript%3Awindow.hit%3D1")]
    public async Task An_address_brings_nothing_to_life(string path)
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("hostile")).ArriveAsync();

        await visitor.GoAsync(path);

        Assert.Null(await visitor.Page.EvaluateAsync<int?>("() => window.hit ?? null"));
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => document.querySelectorAll('main script:not([src]), main img, [onerror], a[href^=\"javascript\" i]').length"));
        Assert.Empty(visitor.Troubles);
    }
}
