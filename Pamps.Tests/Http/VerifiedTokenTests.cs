using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Auth;

namespace Pamps.Tests.Http;

/// <summary>An access token is verified once, and good only as long as it would be if it were verified each time.</summary>
public sealed class VerifiedTokenTests(VerifiedTokenTests.StandingClock api) : IClassFixture<VerifiedTokenTests.StandingClock>
{
    [Fact]
    public async Task A_token_that_was_used_is_known_and_ends_on_time()
    {
        var ana = await api.SignedInAs("ana");
        Assert.NotNull(Verified.Find(ana.Tokens.AccessToken));

        api.Clock.Advance(TimeSpan.FromSeconds(ana.Tokens.ExpiresIn - 1));
        await ReadsAsync(ana, 200);
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        await ReadsAsync(ana, 401, "token_expired");
        Assert.Null(Verified.Find(ana.Tokens.AccessToken));
    }

    [Fact]
    public async Task A_token_that_was_used_ends_with_its_session()
    {
        var ana = await api.SignedInAs("ana");

        await ana.DeleteAsync("/api/v1/me/sessions");

        await ReadsAsync(ana, 401, "token_invalid");
    }

    [Fact]
    public async Task A_token_that_was_used_has_the_rights_that_the_account_has_now()
    {
        var ana = await api.SignedInAs("ana");
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == ana.Username)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.SuspendedAt, api.Clock.GetUtcNow())));
        api.Services.GetRequiredService<CallerStates>().Forget(long.Parse(ana.Id, System.Globalization.CultureInfo.InvariantCulture));

        await ReadsAsync(ana, 403, "account_suspended");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("=")]
    public async Task What_only_begins_like_a_token_that_was_used_is_another(string tail)
    {
        var ana = await api.SignedInAs("ana");
        var altered = tail.Length > 0 ? ana.Tokens.AccessToken + tail : ana.Tokens.AccessToken[..^1];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {altered}");

        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBeProblemAsync(401, "token_invalid");
        Assert.Null(Verified.Find(altered));
    }

    [Fact]
    public async Task A_token_that_was_refused_is_not_kept()
    {
        var forged = new AccessTokenForge((await api.SignedInAs("ana")).Tokens.AccessToken, ApiFixture.SigningKey).WithPayload(payload => payload["aud"] = "another-api");
        using var http = api.Server.Connect(forged);
        using var response = await http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));

        await response.ShouldBeProblemAsync(401, "token_invalid");
        Assert.Null(Verified.Find(forged));
    }

    private VerifiedTokens Verified => api.Services.GetRequiredService<VerifiedTokens>();

    private static async Task ReadsAsync(TestUser user, int status, string? code = null)
    {
        using var response = await user.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        if (code is null)
        {
            await response.ShouldBe((HttpStatusCode)status);
        }
        else
        {
            await response.ShouldBeProblemAsync(status, code);
        }
    }

    /// <summary>An API whose time passes when a test says so.</summary>
    public sealed class StandingClock : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings.Clock = new ManualTimeProvider();
        }
    }
}
