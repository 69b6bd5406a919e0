using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Http;

public sealed class RateLimitTests(RateLimitTests.Limited api) : IClassFixture<RateLimitTests.Limited>
{
    private const string Article = "/api/v1/content/comments?id=https%3A%2F%2Fguests.example%2Farticle";

    [Fact]
    public async Task Answers_count_down_and_the_one_too_many_says_when_to_come_back()
    {
        var ana = await api.SignedInAs("ana");
        var remaining = new List<int>();
        HttpResponseMessage last;
        while (true)
        {
            last = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
            if (last.StatusCode is HttpStatusCode.TooManyRequests)
            {
                break;
            }

            remaining.Add(int.Parse(last.Headers.GetValues("X-RateLimit-Remaining").Single(), CultureInfo.InvariantCulture));
            last.Dispose();
        }

        // One request of ten was made by signing in.
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1, 0], remaining);
        await last.ShouldBeProblemAsync(429, "rate_limited");
        Assert.True(last.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("10", last.Headers.GetValues("X-RateLimit-Limit").Single());
        Assert.Equal("10;w=3600", last.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal(
            DateTimeKind.Utc,
            DateTime.Parse(last.Headers.GetValues("X-RateLimit-Reset").Single(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).Kind);
        last.Dispose();

        using var other = await (await api.SignedInAs("bob")).Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        await other.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refusals_of_every_kind_carry_the_counts()
    {
        using var missing = await api.Anonymous.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        using var unknown = await api.Anonymous.GetAsync(new Uri("/nothing", UriKind.Relative));
        using var unread = await api.Anonymous.PostAsync(new Uri("/api/v1/accounts", UriKind.Relative), new StringContent("{", null!, "application/json"));

        foreach (var response in (HttpResponseMessage[])[missing, unknown, unread])
        {
            Assert.True(response.Headers.Contains("X-RateLimit-Remaining"), response.StatusCode.ToString());
        }
    }

    [Fact]
    public async Task Forwarded_address_of_a_stranger_is_not_believed()
    {
        var counts = new List<int>();
        for (var number = 0; number < 3; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/instance");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{number}");
            using var response = await api.Anonymous.SendAsync(request);
            counts.Add(int.Parse(response.Headers.GetValues("X-RateLimit-Remaining").Single(), CultureInfo.InvariantCulture));
        }

        Assert.Equal(3, counts.Distinct().Count());
    }

    [Fact]
    public async Task Sign_ins_with_one_name_are_limited_wherever_they_come_from()
    {
        var ana = await api.SignedInAs("ana");
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 5; number++)
        {
            using var response = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", "guess"));
            statuses.Add(response.StatusCode);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(response.Headers.RetryAfter);
            }
        }

        // Three are allowed; the first was the fixture's own.
        Assert.Equal(2, statuses.Count(status => status is HttpStatusCode.BadRequest));
        Assert.Equal(3, statuses.Count(status => status is HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Guests_comment_so_often_from_one_address_and_members_go_on()
    {
        var ana = await api.SignedInAs("ana");
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 4; number++)
        {
            using var response = await api.Anonymous.PostAsJsonAsync(Article, new { text = $"Comment {number}", authorName = "Rui", authorEmail = "rui@example.org" });
            statuses.Add(response.StatusCode);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                await response.ShouldBeProblemAsync(429, "rate_limited");
                Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
            }
        }

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        using var signedIn = await ana.Http.PostAsJsonAsync(Article, new { text = "Under my own name." });
        await signedIn.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Replicas_share_the_counts()
    {
        var ana = await api.SignedInAs("ana");
        var there = ana.On(api.StartReplica());
        for (var number = 0; number < 9; number++)
        {
            using var here = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
            await here.ShouldBe(HttpStatusCode.OK);
        }

        // Refused requests are not counted, so asking again and again changes nothing but for the one that may slip through.
        await Eventually.Be(
            async () =>
            {
                using var response = await there.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
                return response.StatusCode;
            },
            status => status is HttpStatusCode.TooManyRequests);
    }

    /// <summary>An API with small limits.</summary>
    public sealed class Limited : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["RateLimits:Enabled"] = "true";
            settings["RateLimits:SignedIn:Permits"] = "10";
            settings["RateLimits:SignedIn:Window"] = "01:00:00";
            settings["RateLimits:SignInName:Permits"] = "3";
            settings["RateLimits:SignIn:Permits"] = "1000";
            settings["RateLimits:Register:Permits"] = "1000";
            settings["RateLimits:Anonymous:Permits"] = "10000";
            settings["RateLimits:GuestComments:Permits"] = "2";
            settings["RateLimits:GuestComments:Window"] = "01:00:00";
            settings["Comments:Sites:0:Content:0"] = "https://guests.example";
            settings["Comments:Sites:0:AllowGuests"] = "true";
            settings["Http:TrustedProxies"] = "";
        }
    }
}
