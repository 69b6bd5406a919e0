using System.Net;

namespace Pamps.Tests.Adapters;

public class OlderSwitchTests(OlderSwitchTests.Off api) : IClassFixture<OlderSwitchTests.Off>
{
    [Theory]
    [InlineData("/token", 405)]
    [InlineData("/post/", 200)]
    [InlineData("/posts/", 404)]
    [InlineData("/login", 404)]
    [InlineData("/api/comment/list/1", 404)]
    [InlineData("/blog/", 404)]
    public async Task Switched_off_api_is_not_there_and_the_others_are(string path, int status)
    {
        using var response = await api.Anonymous.GetAsync(new Uri(path, UriKind.Relative));

        await response.ShouldBe((HttpStatusCode)status);
    }

    public sealed class Off : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Adapters:Votes"] = "false";
            settings["Adapters:Comments"] = "false";
            settings["Adapters:Blog"] = "false";
        }
    }
}
