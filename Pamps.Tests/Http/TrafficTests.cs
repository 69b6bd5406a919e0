using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Http;

namespace Pamps.Tests.Http;

/// <summary>Whether somebody is being served, as work that can wait sees it.</summary>
public sealed class TrafficTests(TrafficTests.Fixture api) : IClassFixture<TrafficTests.Fixture>
{
    public sealed class Fixture : ApiFixture
    {
        protected override void Configure(ApiSettings settings) => settings.Clock = new ManualTimeProvider();
    }

    [Theory]
    [InlineData("/api/v1/feeds/public", false)]
    [InlineData("/post/", false)]
    [InlineData("/api/v1/billing/imports", true)]
    [InlineData("/process-file", true)]
    [InlineData("/alive", true)]
    public async Task A_request_of_readers_is_traffic_for_a_second(string path, bool quiet)
    {
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        var traffic = api.Services.GetRequiredService<Traffic>();
        Assert.True(traffic.IsQuiet);

        using var answer = await api.Anonymous.GetAsync(new Uri(path, UriKind.Relative));

        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(quiet, traffic.IsQuiet);
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(traffic.IsQuiet);
    }
}
