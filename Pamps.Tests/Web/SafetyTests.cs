using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;
using Pamps.MigrationService;

namespace Pamps.Tests.Web;

/// <summary>What the site sends and takes, against those who want it to do something else.</summary>
public sealed partial class SafetyTests
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types fragments; ";

    [Fact]
    public async Task Every_page_has_the_policy_and_every_form_its_token()
    {
        var demo = await DemoSite.GetAsync();
        var forms = 0;
        foreach (var eyes in SitePages.All.GroupBy(page => page.Who))
        {
            await using var visitor = await demo.ArriveAsync(new Look(), eyes.Key);
            using var client = await SiteClient.ConnectAsync(visitor);
            foreach (var page in eyes)
            {
                using var response = await client.GetAsync(demo.AddressOf(page));
                var html = await response.Content.ReadAsStringAsync();

                Assert.Equal(page.Status, (int)response.StatusCode);
                var framed = page.Route == "/embed";
                Assert.Equal(Policy + (framed ? $"frame-ancestors 'self' {AppModel.Embedders}" : "frame-ancestors 'none'"), Header("Content-Security-Policy"));
                Assert.Equal(framed ? null : "DENY", Header("X-Frame-Options"));
                Assert.Equal("nosniff", Header("X-Content-Type-Options"));
                Assert.Equal("strict-origin-when-cross-origin", Header("Referrer-Policy"));
                Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
                Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
                Assert.DoesNotMatch(InlineCode(), html);
                foreach (var (attributes, content) in SiteClient.FormsOf(html))
                {
                    forms++;
                    // The form of guests lives where no cookie travels; see EmbedTests for what holds instead.
                    var token = attributes.Contains("data-guest", StringComparison.Ordinal) ? "signature" : "__RequestVerificationToken";
                    Assert.True(content.Contains($"name=\"{token}\"", StringComparison.Ordinal), $"{page}: {attributes}");
                }

                string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
            }
        }

        Assert.True(forms > 60, $"{forms} forms");
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        var account = await SiteAccount.RegisterAsync("safe");
        var post = await account.PostAsync("Still here afterwards.");
        await using var visitor = await account.ArriveAsync();
        using var client = await SiteClient.ConnectAsync(visitor);
        (string Path, (string, string)[] Fields)[] forms =
        [
            ("/compose", [("_handler", "compose"), ("text", "Forged")]),
            ($"/posts/{post.Id}/edit", [("_handler", "edit"), ("text", "Forged")]),
            ($"/posts/{post.Id}/delete", [("_handler", "delete")]),
            ($"/posts/{post.Id}/like", [("on", "true")]),
            ($"/posts/{post.Id}/bookmark", [("on", "true")]),
            ($"/@{DevelopmentSeed.Administrator}/follow", [("on", "true")]),
            ($"/@{DevelopmentSeed.Administrator}/block", [("on", "true")]),
            ("/settings/profile", [("_handler", "profile"), ("displayName", "Forged")]),
            ("/settings/password", [("_handler", "password"), ("currentPassword", account.Registration.Password), ("newPassword", "forged horse battery")]),
            ("/settings/api-keys", [("_handler", "create"), ("name", "Forged"), ("scopes", "read")]),
            ("/settings/data", [("_handler", "delete"), ("password", account.Registration.Password)]),
            ("/notifications/read", [("upToId", "1")]),
            ("/report", [("_handler", "report"), ("reason", "Spam")]),
            ("/sign-out", []),
        ];
        foreach (var (path, fields) in forms)
        {
            // A script of another page is refused; a form of ours whose token is stale is kept and shown again, not done.
            using var scripted = await client.PostAsync(path, fields, ("Pamps-Script", "1"));
            Assert.Equal(HttpStatusCode.BadRequest, scripted.StatusCode);
            using var plain = await client.PostAsync(path, fields);
            Assert.True(plain.StatusCode == HttpStatusCode.SeeOther, $"{path}: {plain.StatusCode}");
            Assert.StartsWith("/resume/", plain.Headers.Location!.OriginalString, StringComparison.Ordinal);
            using var foreign = await client.PostAsync(path, fields, ("Sec-Fetch-Site", "cross-site"));
            Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
            using var older = await client.PostAsync(path, fields, ("Origin", "https://evil.example"));
            Assert.Equal(HttpStatusCode.BadRequest, older.StatusCode);
            using var opaque = await client.PostAsync(path, fields, ("Origin", "null"));
            Assert.Equal(HttpStatusCode.BadRequest, opaque.StatusCode);
        }

        var after = Assert.Single((await account.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{account.Username}/posts")).Items);
        Assert.Equal(("Still here afterwards.", 0, false), (after.Text, after.LikeCount, after.Viewer!.Bookmarked));
        var me = await account.GetAsync<MeResponse>("/api/v1/me");
        Assert.Equal((account.Username, 0), (me.DisplayName.Length == 0 ? me.Username : me.DisplayName, me.FollowingCount));
        Assert.Empty(await account.GetAsync<IReadOnlyList<ApiKeyResponse>>("/api/v1/me/api-keys"));
        await visitor.GoAsync("/bookmarks");
        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/sign-in?returnUrl=%2Fbookmarks")]
    [InlineData("/register")]
    public async Task A_stale_form_for_signing_in_is_shown_anew(string path)
    {
        using var client = await SiteClient.ConnectAsync();

        using var response = await client.PostAsync(path, [("_handler", "sign-in"), ("username", "ana"), ("password", "a secret of mine")]);

        Assert.Equal((HttpStatusCode.SeeOther, path), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_form_that_waited_shows_no_secret_and_only_to_who_signs_in()
    {
        var account = await SiteAccount.RegisterAsync("safe");
        await using var visitor = await account.ArriveAsync();
        using var client = await SiteClient.ConnectAsync(visitor);
        using var kept = await client.PostAsync("/settings/password", [("_handler", "password"), ("currentPassword", "a secret of mine"), ("newPassword", "another secret")]);
        var address = kept.Headers.Location!.OriginalString;

        Assert.DoesNotContain("secret", await client.ReadAsync(address), StringComparison.Ordinal);
        using var stranger = await SiteClient.ConnectAsync();
        using var refused = await stranger.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        using var invented = await client.GetAsync("/resume/" + new string('a', 43));
        Assert.Equal(HttpStatusCode.NotFound, invented.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\t//evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("evil.example")]
    [InlineData("/%5Cevil.example")]
    public async Task Signing_in_leads_nowhere_else(string returnUrl)
    {
        var account = await SiteAccount.RegisterAsync("safe");
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.GoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await visitor.Page.GetByLabel("User name").FillAsync(account.Username);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Registration.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToBeVisibleAsync();

        Assert.Equal((await AppModel.SiteAsync()).Web.Authority, new Uri(visitor.Page.Url).Authority);
        using var client = await SiteClient.ConnectAsync(visitor);
        foreach (var path in (string[])["/sign-in", "/register"])
        {
            using var already = await client.GetAsync($"{path}?returnUrl={Uri.EscapeDataString(returnUrl)}");
            Assert.Matches("^/(?![/\\\\])", already.Headers.Location!.OriginalString);
        }

        // Buttons carry the page they were pressed on; a forged one leads home.
        var token = Token().Match(await client.ReadAsync("/about")).Groups[1].Value;
        using var pressed = await client.PostAsync($"/@{DevelopmentSeed.Administrator}/mute", [("on", "false"), ("returnUrl", returnUrl), ("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.Matches("^/(?![/\\\\])", pressed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_session_is_a_key_that_no_script_reads_and_that_changes()
    {
        var account = await SiteAccount.RegisterAsync("safe");
        await using var visitor = await account.ArriveAsync();
        var cookies = await visitor.Page.Context.CookiesAsync();
        var session = cookies.Single(cookie => cookie.Name == "session");
        var form = cookies.Single(cookie => cookie.Name == "form");
        Assert.Equal((true, SameSiteAttribute.Lax, "/"), (session.HttpOnly, session.SameSite, session.Path));
        Assert.Equal((true, SameSiteAttribute.Strict), (form.HttpOnly, form.SameSite));
        Assert.DoesNotContain(session.Value, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("session", await visitor.Page.EvaluateAsync<string>("() => document.cookie"), StringComparison.Ordinal);
        // No token of the API: neither in the cookie nor in what the page holds.
        Assert.DoesNotContain("eyJ", session.Value + await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => Object.values(localStorage).concat(Object.values(sessionStorage)).filter(value => value.includes('eyJ')).length"));

        // A key planted before signing in is worth nothing afterwards.
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Page.Context.AddCookiesAsync([new() { Name = "session", Value = "planted", Url = visitor.Page.Url }]);
        await visitor.SignInAsync(account.Username, account.Registration.Password);
        var renewed = (await visitor.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "session").Value;
        Assert.DoesNotContain(renewed, (string[])["planted", session.Value]);
    }

    [Fact]
    public async Task A_session_that_was_signed_out_is_over_for_whoever_kept_the_cookie()
    {
        var account = await SiteAccount.RegisterAsync("safe");
        await using var visitor = await account.ArriveAsync();
        using var kept = await SiteClient.ConnectAsync(visitor);
        await visitor.Page.Locator(".account-menu summary").ClickAsync();
        var response = await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync(), answer => answer.Url.EndsWith("/sign-out", StringComparison.Ordinal));
        Assert.Equal("\"cache\"", await response.HeaderValueAsync("clear-site-data"));
        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToHaveCountAsync(0);

        using var answer = await kept.GetAsync("/settings/profile");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Strangers_pages_carry_no_cookie_and_may_be_kept_for_seconds()
    {
        using var client = await SiteClient.ConnectAsync();
        foreach (var path in (string[])["/", "/public", "/about", $"/@{DevelopmentSeed.Administrator}"])
        {
            using var response = await client.GetAsync(path);
            Assert.False(response.Headers.Contains("Set-Cookie"), path);
            Assert.Equal("public, max-age=0, s-maxage=5", response.Headers.CacheControl!.ToString());
            Assert.Contains("Cookie", response.Headers.Vary);
            Assert.Contains("Accept-Language", response.Headers.Vary);
        }
    }

    [Theory]
    [InlineData("/settings/profile")]
    [InlineData("/compose")]
    [InlineData("/notifications")]
    [InlineData("/billing")]
    [InlineData("/moderation/reports")]
    public async Task A_page_for_members_sends_strangers_to_sign_in_and_back(string path)
    {
        using var client = await SiteClient.ConnectAsync();

        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.EndsWith("/sign-in?returnUrl=" + Uri.EscapeDataString(path), response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|<style|\\sstyle=\"|\\son[a-z]+=\"", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
