using System.Net;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Tokens;

/// <summary>The sign-in of the API page: a cookie that serves the page and nothing else.</summary>
public sealed class PageSessionTests(ApiFixture api, PageSessionTests.Limited limited) : IClassFixture<ApiFixture>, IClassFixture<PageSessionTests.Limited>
{
    private const string Forged = "docs-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task Sign_in_sets_a_cookie_for_the_page_alone_and_out_of_reach_of_scripts()
    {
        var ana = await api.SignedInAs("ana");

        using var response = await SignInAsync(ana.Username, ana.Password);

        Assert.Equal((HttpStatusCode.Redirect, "/docs/index.html"), (response.StatusCode, response.Headers.Location?.ToString()));
        var attributes = SetCookie(response).Split("; ").Skip(1);
        Assert.Equal(["httponly", "path=/docs", "samesite=strict"], attributes.Order());
        Assert.True(response.Headers.CacheControl!.NoStore);
        var sessions = await ana.GetAsync<SessionResponse[]>("/api/v1/me/sessions");
        Assert.Single(sessions, session => session.Client.StartsWith("API page", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cookie_over_https_is_secure_and_says_so_by_its_name()
    {
        var ana = await limited.SignedInAs("ana");

        using var response = await limited.PostAsync("/docs/sign-in", [("username", ana.Username), ("password", ana.Password)], ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.1"));

        var cookie = SetCookie(response);
        Assert.StartsWith("__Secure-docs-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_is_exchanged_for_an_access_token_and_replaced_at_every_use()
    {
        var ana = await api.SignedInAs("ana");
        var first = await CookieOfAsync(ana);

        using var response = await ExchangeAsync(first);

        var token = await response.ShouldBe<PageTokenResponse>(HttpStatusCode.OK);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("refresh", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.InRange(token.ExpiresIn, 60, 3_600);
        using var me = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", token.AccessToken);
        var account = await me.ShouldBe<MeResponse>(HttpStatusCode.OK);
        Assert.Equal(ana.Username, account.Username);
        Assert.DoesNotContain(account.Scopes, scope => scope.StartsWith("admin", StringComparison.Ordinal) || scope.StartsWith("billing", StringComparison.Ordinal));
        var second = CookieIn(response);
        Assert.NotEqual(first, second);
        using var again = await ExchangeAsync(second);
        await again.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Any_replica_takes_the_cookie()
    {
        var cookie = await CookieOfAsync(await api.SignedInAs("ana"));
        using var replica = api.StartReplica();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/docs/session");
        request.Headers.Add("Cookie", cookie);

        using var response = await replica.SendAsync(request);

        await response.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("POST", "/api/v1/posts")]
    [InlineData("GET", "/posts/")]
    [InlineData("POST", "/post/")]
    public async Task Cookie_signs_nobody_in_elsewhere(string method, string path)
    {
        var cookie = await CookieOfAsync(await api.SignedInAs("ana"));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Cookie", cookie);

        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Foreign_pages_can_neither_sign_in_nor_exchange_nor_sign_out(string header, string value)
    {
        var ana = await api.SignedInAs("ana");
        var cookie = await CookieOfAsync(ana);

        foreach (var path in (string[])["/docs/sign-in", "/docs/session", "/docs/sign-out"])
        {
            using var refused = await api.PostAsync(path, [("username", ana.Username), ("password", ana.Password)], ("Cookie", cookie), (header, value));
            await refused.ShouldBe(HttpStatusCode.Forbidden);
            Assert.False(refused.Headers.Contains("Set-Cookie"));
        }

        using var own = await api.PostAsync("/docs/session", [], ("Cookie", cookie), ("Origin", api.Anonymous.BaseAddress!.ToString().TrimEnd('/')));
        await own.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sign_out_ends_the_session_on_the_server()
    {
        var ana = await api.SignedInAs("ana");
        using var exchanged = await ExchangeAsync(await CookieOfAsync(ana));
        var (token, cookie) = ((await exchanged.ShouldBe<PageTokenResponse>(HttpStatusCode.OK)).AccessToken, CookieIn(exchanged));

        using var response = await api.PostAsync("/docs/sign-out", [], ("Cookie", cookie));

        Assert.Equal("/docs/index.html", response.Headers.Location?.ToString());
        Assert.StartsWith("docs-session=; expires=Thu, 01 Jan 1970", SetCookie(response), StringComparison.Ordinal);
        using var me = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", token);
        await me.ShouldBeProblemAsync(401, "token_invalid");
        using var late = await ExchangeAsync(cookie);
        await late.ShouldBe(HttpStatusCode.NoContent);
        using var other = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        await other.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sign_out_everywhere_and_suspension_end_the_cookie_too()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var cookies = (await CookieOfAsync(ana), await CookieOfAsync(bob));
        await ana.DeleteAsync("/api/v1/me/sessions");
        await api.Database.ExecuteAsync($"UPDATE accounts SET suspended_at = now() WHERE id = {bob.Id}");

        foreach (var cookie in (string[])[cookies.Item1, cookies.Item2])
        {
            using var response = await ExchangeAsync(cookie);
            await response.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("docs-session=")]
    [InlineData(Forged)]
    public async Task Without_a_cookie_of_ours_nobody_is_signed_in(string? cookie)
    {
        using var response = await (cookie is null ? api.PostAsync("/docs/session", []) : ExchangeAsync(cookie));

        await response.ShouldBe(HttpStatusCode.NoContent);
        Assert.Equal(cookie is Forged, response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Wrong_password_is_told_on_the_page()
    {
        var ana = await api.SignedInAs("ana");

        using var response = await SignInAsync(ana.Username + "\"><script>", "wrong");

        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("""<p role="alert">The user name or the password is not right.</p>""", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{ana.Username}&quot;&gt;&lt;script&gt;\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_fields_are_told_on_the_page()
    {
        using var response = await SignInAsync("ana", "");

        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.Contains("Enter user name and password.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_count_as_they_do_at_the_token_endpoint()
    {
        var ana = await limited.SignedInAs("ana");
        for (var guess = 0; guess < 2; guess++)
        {
            using var wrong = await limited.PostAsync("/docs/sign-in", [("username", ana.Username), ("password", "guess")]);
            await wrong.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var refused = await limited.PostAsync("/docs/sign-in", [("username", ana.Username), ("password", ana.Password)]);
        using var token = await limited.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", ana.Password));

        await refused.ShouldBe(HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Too many sign-ins with this name.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await token.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_address_that_tries_many_names_is_refused_on_the_page()
    {
        HttpResponseMessage response;
        var tries = 0;
        do
        {
            response = await limited.PostAsync("/docs/sign-in", [("username", $"name{tries++}"), ("password", "guess")], ("X-Forwarded-For", "203.0.113.7"));
        }
        while (response.StatusCode is HttpStatusCode.BadRequest);

        Assert.Equal(11, tries);
        await response.ShouldBe(HttpStatusCode.TooManyRequests);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Too many requests.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        response.Dispose();
    }

    private Task<HttpResponseMessage> SignInAsync(string username, string password) => api.PostAsync("/docs/sign-in", [("username", username), ("password", password)]);

    private Task<HttpResponseMessage> ExchangeAsync(string cookie) => api.PostAsync("/docs/session", [], ("Cookie", cookie));

    private async Task<string> CookieOfAsync(TestUser user)
    {
        using var response = await SignInAsync(user.Username, user.Password);
        return CookieIn(response);
    }

    private static string CookieIn(HttpResponseMessage response) => SetCookie(response).Split(';')[0];

    private static string SetCookie(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Set-Cookie"));

    /// <summary>An API with small limits, behind a proxy that it believes.</summary>
    public sealed class Limited : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            // The windows stand still, else a count could begin anew in the middle.
            settings.Clock = new ManualTimeProvider();
            settings["RateLimits:Enabled"] = "true";
            settings["RateLimits:SignInName:Permits"] = "3";
            settings["RateLimits:SignIn:Permits"] = "10";
            settings["RateLimits:Register:Permits"] = "1000";
            settings["Http:TrustedProxies"] = "127.0.0.0/8, ::1/128";
        }
    }
}
