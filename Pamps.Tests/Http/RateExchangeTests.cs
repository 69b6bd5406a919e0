using System.Globalization;
using System.Net;

namespace Pamps.Tests.Http;

public sealed class RateExchangeTests(RateExchangeTests.Gated api) : IClassFixture<RateExchangeTests.Gated>
{
    private const int Permits = 1_000;

    [Fact]
    public async Task What_Redis_heard_but_answered_too_late_is_counted_once()
    {
        var ana = await api.SignedInAs("ana");
        var there = ana.On(api.StartReplica());
        // By signing in.
        var sent = 1;
        api.RedisGate.Freeze();
        for (var number = 0; number < 5; number++, sent++)
        {
            Assert.Equal(Permits - sent - 1, await LeftAsync(ana.Http));
        }

        // Commands lie in the frozen connection by then, and their callers have given up.
        await Eventually.Be(() => Task.FromResult(api.Log.Troubles()), troubles => troubles.Contains("Redis does not answer", StringComparison.Ordinal));
        api.RedisGate.Open();

        await Eventually.Be(
            async () => (Expected: Permits - ++sent, Left: await LeftAsync(there.Http)),
            counts => counts.Left == counts.Expected);
        await Eventually.Be(
            async () => (Expected: Permits - ++sent, Left: await LeftAsync(ana.Http)),
            counts => counts.Left == counts.Expected);
    }

    private static async Task<int> LeftAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        await response.ShouldBe(HttpStatusCode.OK);
        return int.Parse(response.Headers.GetValues("X-RateLimit-Remaining").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>An API whose Redis can fall silent.</summary>
    public sealed class Gated : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings.GateRedis = true;
            settings["RateLimits:Enabled"] = "true";
            settings["RateLimits:SignedIn:Permits"] = Permits.ToString(CultureInfo.InvariantCulture);
            settings["RateLimits:SignedIn:Window"] = "1.00:00:00";
        }
    }
}
