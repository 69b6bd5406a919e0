using System.Net;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

public class OlderRateTests(OlderRateTests.Limited api) : IClassFixture<OlderRateTests.Limited>
{
    [Fact]
    public async Task Guesses_are_limited_and_successful_sign_ins_are_not()
    {
        var (client, username, _) = await api.MicrobloggerAsync("ana");
        for (var i = 0; i < 10; i++)
        {
            await client.FormAsync("/token", HttpStatusCode.OK, ("username", username), ("password", "user1"));
        }

        for (var i = 0; i < 5; i++)
        {
            await client.FormAsync("/token", HttpStatusCode.Unauthorized, ("username", username), ("password", "wrong"));
        }

        HasKeys(await client.FormAsync("/token", HttpStatusCode.TooManyRequests, ("username", username), ("password", "wrong")), "detail");
        HasKeys(await client.FormAsync("/login", HttpStatusCode.TooManyRequests, ("username", "a@example.com"), ("password", "wrong")), "detail");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "password"), KeyValuePair.Create("username", username), KeyValuePair.Create("password", "user1")]);
        using var canonical = await api.Anonymous.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        await canonical.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    public sealed class Limited : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            // The windows stand still, else the count could begin anew in the middle.
            settings.Clock = new ManualTimeProvider();
            settings["RateLimits:Enabled"] = "true";
            settings["RateLimits:SignIn:Permits"] = "5";
            settings["RateLimits:SignIn:Window"] = "00:05:00";
        }
    }
}
