using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pamps.Tests.ServiceDefaults;

public sealed class ServiceDiscoveryTests
{
    [Theory]
    [InlineData("https+http://both/a/b?c=d", "https://localhost:7001/a/b?c=d")]
    [InlineData("http://both/", "http://localhost:7002/")]
    [InlineData("https+http://plain/", "http://localhost:7003/")]
    [InlineData("https+http://PLAIN/", "http://localhost:7003/")]
    [InlineData("http+https://both/", "http://localhost:7002/")]
    [InlineData("https+http://_admin.both/x", "http://localhost:7004/x")]
    [InlineData("http://named/", "http://localhost:7005/")]
    [InlineData("http://bare/", "http://localhost:7006/")]
    public async Task A_service_name_becomes_its_configured_address(string asked, string sent) =>
        Assert.Equal([new Uri(sent)], await SendAsync(asked));

    [Theory]
    [InlineData("http://example.com:8080/x?y", "http://example.com:8080/x?y")]
    [InlineData("http://127.0.0.1:9/", "http://127.0.0.1:9/")]
    [InlineData("https+http://stranger/x", "https://stranger/x")]
    [InlineData("https+http://stranger:81/x", "https://stranger:81/x")]
    public async Task An_unknown_host_is_left_alone(string asked, string sent) =>
        Assert.Equal([new Uri(sent)], await SendAsync(asked));

    [Fact]
    public async Task Instances_take_turns() => Assert.Equal(
        [new Uri("http://localhost:8001/"), new Uri("http://localhost:8002/"), new Uri("http://localhost:8001/")],
        await SendAsync("http://two/", "http://two/", "http://two/"));

    [Fact]
    public async Task A_retry_goes_to_another_instance()
    {
        var attempts = await SendAsync(
            attempt => new HttpResponseMessage(attempt == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK), "http://two/");

        Assert.Equal([new Uri("http://localhost:8001/"), new Uri("http://localhost:8002/")], attempts);
    }

    private static Task<IReadOnlyList<Uri>> SendAsync(params string[] addresses) =>
        SendAsync(_ => new HttpResponseMessage(HttpStatusCode.OK), addresses);

    private static async Task<IReadOnlyList<Uri>> SendAsync(Func<int, HttpResponseMessage> script, params string[] addresses)
    {
        using var handler = new ScriptedHandler(script);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:both:https:0"] = "https://localhost:7001",
            ["services:both:http:0"] = "http://localhost:7002",
            ["services:both:admin:0"] = "http://localhost:7004",
            ["services:plain:http:0"] = "http://localhost:7003",
            ["services:named:default:0"] = "http://localhost:7005",
            ["services:bare:http:0"] = "localhost:7006",
            ["services:two:http:0"] = "http://localhost:8001",
            ["services:two:http:1"] = "http://localhost:8002",
        });
        builder.AddServiceDefaults();
        builder.Services.RetryAtOnce();
        builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => handler));
        using var host = builder.Build();

        var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        foreach (var address in addresses)
        {
            using var response = await client.GetAsync(new Uri(address));
            response.EnsureSuccessStatusCode();
        }

        return [.. handler.Addresses];
    }
}
