using System.Net;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Tokens;

public sealed class SessionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Sessions = "/api/v1/me/sessions";

    [Fact]
    public async Task List_tells_the_present_session_from_the_others()
    {
        var here = await api.SignedInAs("ana");
        await api.SignIn(here.Username, here.Password);

        var sessions = await here.GetAsync<SessionResponse[]>(Sessions);

        Assert.Equal(2, sessions.Length);
        Assert.Single(sessions, session => session.Current);
    }

    [Fact]
    public async Task Signing_out_one_session_ends_its_tokens_at_once_and_no_others()
    {
        var here = await api.SignedInAs("ana");
        var there = await api.SignIn(here.Username, here.Password);
        var other = (await here.GetAsync<SessionResponse[]>(Sessions)).Single(session => !session.Current);

        await here.DeleteAsync($"{Sessions}/{other.Id}");
        using var access = await there.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        using var refresh = await api.Anonymous.RefreshAsync(there.Tokens.RefreshToken);

        await access.ShouldBeProblemAsync(401, "token_invalid");
        await refresh.ShouldBeProblemAsync(400, "invalid_grant");
        await here.GetAsync<MeResponse>("/api/v1/me");
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_sessions_here_included()
    {
        var here = await api.SignedInAs("ana");
        var there = await api.SignIn(here.Username, here.Password);

        await here.DeleteAsync(Sessions);

        foreach (var user in (TestUser[])[here, there])
        {
            using var response = await user.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
            await response.ShouldBeProblemAsync(401, "token_invalid");
        }
    }

    [Fact]
    public async Task Sessions_of_somebody_else_do_not_exist()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var session = (await ana.GetAsync<SessionResponse[]>(Sessions)).Single();

        using var response = await bob.Http.DeleteAsync(new Uri($"{Sessions}/{session.Id}", UriKind.Relative));

        await response.ShouldBeProblemAsync(404, "not_found");
        await ana.GetAsync<MeResponse>("/api/v1/me");
    }

    [Fact]
    public async Task Revoking_a_refresh_token_ends_its_session_and_an_unknown_one_is_fine()
    {
        var ana = await api.SignedInAs("ana");

        foreach (var token in (string[])[ana.Tokens.RefreshToken, "never-issued"])
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]);
            using var revoked = await api.Anonymous.PostAsync(new Uri("/api/v1/oauth/revoke", UriKind.Relative), form);
            await revoked.ShouldBe(HttpStatusCode.OK);
        }

        using var response = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        await response.ShouldBeProblemAsync(401, "token_invalid");
    }
}
