using System.Net;

namespace Pamps.Tests.Adapters;

/// <summary>Registration by the older APIs under the limits of the product.</summary>
public class OlderRegistrationTests(OlderRegistrationTests.Product api) : IClassFixture<OlderRegistrationTests.Product>
{
    // What the suites of the originals register when every case makes its own users: 2 and 55.
    private const int OfAllSuites = 57;

    [Fact]
    public async Task Test_suites_of_the_originals_run_under_the_default_limits_and_floods_do_not()
    {
        var client = new OlderClient(api.Anonymous);
        var made = 0;
        var status = HttpStatusCode.Created;
        while (status is HttpStatusCode.Created)
        {
            using var response = await client.ResponseAsync(
                HttpMethod.Post, "/users/", System.Net.Http.Json.JsonContent.Create(new { email = $"{ApiFixture.Unique("suite")}@gmail.com", password = "password123" }));
            status = response.StatusCode;
            made += status is HttpStatusCode.Created ? 1 : 0;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.InRange(made, OfAllSuites, OfAllSuites + 5);
        await client.PostAsync("/user/", HttpStatusCode.TooManyRequests, new { email = "a@pamps.com", username = "one_more", password = "user1" });
    }

    [Fact]
    public async Task Callers_without_credentials_have_one_count_for_all_routes()
    {
        using var canonical = await api.Anonymous.GetAsync(new Uri("/api/v1/instance", UriKind.Relative));
        using var older = await api.Anonymous.GetAsync(new Uri("/post/", UriKind.Relative));

        Assert.Equal(canonical.Headers.GetValues("X-RateLimit-Limit"), older.Headers.GetValues("X-RateLimit-Limit"));
        Assert.True(Left(older) < Left(canonical));
    }

    private static int Left(HttpResponseMessage response) =>
        int.Parse(response.Headers.GetValues("X-RateLimit-Remaining").Single(), System.Globalization.CultureInfo.InvariantCulture);

    public sealed class Product : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings.Clock = new ManualTimeProvider();
            settings["RateLimits:Enabled"] = "true";
            // The tests run as in development, which raises it.
            settings["RateLimits:OlderRegister:Permits"] = new ApiService.Http.RateLimitOptions().OlderRegister.Permits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
