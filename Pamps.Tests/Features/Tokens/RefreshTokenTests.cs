using System.Net;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Tokens;

/// <summary>Rotation in families, with a clock that stands still (RFC 9700 §4.14.2).</summary>
public sealed class RefreshTokenTests(RefreshTokenTests.WithClock api) : IClassFixture<RefreshTokenTests.WithClock>
{
    [Fact]
    public async Task Each_use_gives_the_next_pair()
    {
        var ana = await api.SignedInAs("ana");

        var second = await RefreshedAsync(ana.Tokens.RefreshToken);
        var third = await RefreshedAsync(second.RefreshToken);

        Assert.Distinct([ana.Tokens.RefreshToken, second.RefreshToken, third.RefreshToken]);
        await ShouldWorkAsync(third.AccessToken);
    }

    [Fact]
    public async Task Used_token_works_again_within_the_leeway_because_an_answer_can_get_lost()
    {
        var ana = await api.SignedInAs("ana");
        var lost = await RefreshedAsync(ana.Tokens.RefreshToken);

        api.Clock.Advance(TimeSpan.FromSeconds(9));
        var again = await RefreshedAsync(ana.Tokens.RefreshToken);

        await ShouldWorkAsync(lost.AccessToken);
        await ShouldWorkAsync((await RefreshedAsync(again.RefreshToken)).AccessToken);
    }

    [Fact]
    public async Task Used_token_after_the_leeway_ends_the_whole_family()
    {
        var ana = await api.SignedInAs("ana");
        var next = await RefreshedAsync(ana.Tokens.RefreshToken);

        api.Clock.Advance(TimeSpan.FromSeconds(11));
        using var replay = await api.Anonymous.RefreshAsync(ana.Tokens.RefreshToken);
        using var successor = await api.Anonymous.RefreshAsync(next.RefreshToken);
        using var access = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", next.AccessToken);

        await replay.ShouldBeProblemAsync(400, "invalid_grant");
        await successor.ShouldBeProblemAsync(400, "invalid_grant");
        await access.ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task Another_session_of_the_same_account_survives_the_end_of_a_family()
    {
        var ana = await api.SignedInAs("ana");
        var other = await api.SignIn(ana.Username, ana.Password);
        await RefreshedAsync(ana.Tokens.RefreshToken);

        api.Clock.Advance(TimeSpan.FromSeconds(11));
        using var replay = await api.Anonymous.RefreshAsync(ana.Tokens.RefreshToken);

        await replay.ShouldBeProblemAsync(400, "invalid_grant");
        await ShouldWorkAsync((await RefreshedAsync(other.Tokens.RefreshToken)).AccessToken);
    }

    [Fact]
    public async Task Twenty_uses_at_once_sign_nobody_out()
    {
        var ana = await api.SignedInAs("ana");

        var pairs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshedAsync(ana.Tokens.RefreshToken)));

        foreach (var pair in pairs)
        {
            await ShouldWorkAsync(pair.AccessToken);
        }
    }

    [Fact]
    public async Task Access_token_ends_after_a_quarter_of_an_hour_and_says_so()
    {
        var ana = await api.SignedInAs("ana");

        api.Clock.Advance(TimeSpan.FromMinutes(15));
        using var response = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));

        await response.ShouldBeProblemAsync(401, "token_expired");
    }

    [Fact]
    public async Task Session_that_is_not_refreshed_for_thirty_days_ends()
    {
        var ana = await api.SignedInAs("ana");

        api.Clock.Advance(TimeSpan.FromDays(30));
        using var response = await api.Anonymous.RefreshAsync(ana.Tokens.RefreshToken);

        await response.ShouldBeProblemAsync(400, "invalid_grant");
    }

    [Fact]
    public async Task Session_ends_after_ninety_days_however_often_it_is_refreshed()
    {
        var token = (await api.SignedInAs("ana")).Tokens.RefreshToken;
        foreach (var days in (int[])[29, 29, 29])
        {
            api.Clock.Advance(TimeSpan.FromDays(days));
            token = (await RefreshedAsync(token)).RefreshToken;
        }

        api.Clock.Advance(TimeSpan.FromDays(3));
        using var response = await api.Anonymous.RefreshAsync(token);

        await response.ShouldBeProblemAsync(400, "invalid_grant");
    }

    [Fact]
    public async Task Access_token_may_have_fewer_scopes_than_its_session_but_not_more()
    {
        var ana = await api.SignedInAs("ana");

        using var fewer = await api.Anonymous.PostTokenAsync(
            ("grant_type", "refresh_token"), ("refresh_token", ana.Tokens.RefreshToken), ("scope", "read:posts"));
        using var more = await api.Anonymous.PostTokenAsync(
            ("grant_type", "refresh_token"), ("refresh_token", ana.Tokens.RefreshToken), ("scope", "read admin:read"));

        Assert.Equal("read:posts", (await fewer.ShouldBe<TokenResponse>(HttpStatusCode.OK)).Scope);
        await more.ShouldBeProblemAsync(400, "invalid_scope");
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token_and_the_other_way_round()
    {
        var ana = await api.SignedInAs("ana");

        using var access = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", ana.Tokens.RefreshToken);
        using var refresh = await api.Anonymous.RefreshAsync(ana.Tokens.AccessToken);

        await access.ShouldBeProblemAsync(401, "token_invalid");
        await refresh.ShouldBeProblemAsync(400, "invalid_grant");
    }

    private async Task<TokenResponse> RefreshedAsync(string refreshToken)
    {
        using var response = await api.Anonymous.RefreshAsync(refreshToken);
        return await response.ShouldBe<TokenResponse>(HttpStatusCode.OK);
    }

    private async Task ShouldWorkAsync(string accessToken)
    {
        using var response = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", accessToken);
        await response.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>An API with a clock that is moved by hand.</summary>
    public sealed class WithClock : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings.Clock = new ManualTimeProvider();
        }
    }
}
