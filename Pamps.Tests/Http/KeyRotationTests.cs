using System.Net;
using System.Text.Json;

namespace Pamps.Tests.Http;

/// <summary>A signing key is replaced without signing anybody out, and then forgotten.</summary>
public sealed class KeyRotationTests(KeyRotationTests.ChangingKeys api) : IClassFixture<KeyRotationTests.ChangingKeys>
{
    private const string NextKey = "another signing key of tests, which comes after the first";

    [Fact]
    public async Task Tokens_of_a_former_key_are_good_while_it_is_listed_and_not_after()
    {
        var ana = await api.SignedInAs("ana");
        var old = ana.Tokens.AccessToken;

        await api.RestartWithAsync(NextKey, ApiFixture.SigningKey);
        await ReadsAsync(old, HttpStatusCode.OK);
        using var refreshed = await Features.Tokens.TokenVerbs.RefreshAsync(api.Server.Connect(), ana.Tokens.RefreshToken);
        var fresh = (await refreshed.ShouldBe<JsonElement>(HttpStatusCode.OK)).GetProperty("access_token").GetString()!;
        Assert.NotEqual(KeyIdOf(old), KeyIdOf(fresh));
        await ReadsAsync(fresh, HttpStatusCode.OK);

        await api.RestartWithAsync(NextKey, previous: null);
        await ReadsAsync(fresh, HttpStatusCode.OK);
        await ReadsAsync(old, HttpStatusCode.Unauthorized);
    }

    private static string KeyIdOf(string token) => new AccessTokenForge(token, NextKey).HeaderObject["kid"]!.ToString();

    private async Task ReadsAsync(string token, HttpStatusCode expected)
    {
        using var http = api.Server.Connect(token);
        using var response = await http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        if (expected is HttpStatusCode.Unauthorized)
        {
            await response.ShouldBeProblemAsync(401, "token_invalid");
        }
        else
        {
            await response.ShouldBe(expected);
        }
    }

    /// <summary>An API that can be started again with other keys.</summary>
    public sealed class ChangingKeys : ApiFixture
    {
        private ApiSettings _settings = null!;

        /// <summary>Starts the API again.</summary>
        /// <param name="key">What signs from now on.</param>
        /// <param name="previous">What else is accepted.</param>
        public Task RestartWithAsync(string key, string? previous)
        {
            _settings["Jwt:SigningKey"] = key;
            _settings["Jwt:PreviousSigningKeys:0"] = previous ?? key;
            return RestartAsync();
        }

        /// <inheritdoc />
        protected override void Configure(ApiSettings settings) => _settings = settings;
    }
}
