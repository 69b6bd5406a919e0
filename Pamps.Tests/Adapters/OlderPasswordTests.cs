using System.Net;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

/// <summary>Passwords of accounts that older clients make.</summary>
public class OlderPasswordTests(ApiFixture api, OlderPasswordTests.Strict strict) : IClassFixture<ApiFixture>, IClassFixture<OlderPasswordTests.Strict>
{
    [Fact]
    public async Task Five_characters_are_enough_for_older_clients_and_not_for_new_ones()
    {
        var (_, username, _) = await api.MicrobloggerAsync("user");
        await new OlderClient(api.Anonymous).PostAsync("/users/", HttpStatusCode.Created, new { email = $"{ApiFixture.Unique("short")}@gmail.com", password = "user1" });

        // Such an account signs in everywhere; what it makes anew keeps to the rules of where it makes it.
        var user = await api.SignIn(username, "user1");
        using var changed = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            user.Http, "/api/v1/me/password", new { currentPassword = "user1", newPassword = "user2" });
        await changed.ShouldBeProblemAsync(400, "validation_failed", "newPassword");
        using var registered = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            api.Anonymous, "/api/v1/accounts", new { username = ApiFixture.Unique("new"), email = $"{ApiFixture.Unique("new")}@gmail.com", password = "user1" });
        await registered.ShouldBeProblemAsync(400, "validation_failed", "password");
    }

    [Theory]
    [InlineData("user1")]
    [InlineData("password123")]
    public async Task Switched_off_the_rules_of_the_canonical_api_hold(string password)
    {
        var client = new OlderClient(strict.Anonymous);

        var micro = await client.PostAsync("/user/", HttpStatusCode.UnprocessableEntity, new { email = "a@pamps.com", username = ApiFixture.Unique("user"), password });
        var votes = await client.PostAsync("/users/", HttpStatusCode.UnprocessableEntity, new { email = "b@pamps.com", password });

        Assert.Equal(["body.password|value_error.password"], Errors(micro));
        Assert.Equal(["body.password|value_error.password"], Errors(votes));
    }

    [Fact]
    public async Task Switched_off_good_passwords_are_taken()
    {
        var client = new OlderClient(strict.Anonymous);

        await client.PostAsync("/user/", HttpStatusCode.Created, new { email = "c@pamps.com", username = ApiFixture.Unique("user"), password = "long and uncommon" });
        await client.PostAsync("/users/", HttpStatusCode.Created, new { email = "d@pamps.com", password = "long and uncommon" });
    }

    public sealed class Strict : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Adapters:ShortPasswords"] = "false";
        }
    }
}
