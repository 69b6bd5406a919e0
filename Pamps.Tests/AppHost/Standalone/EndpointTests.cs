using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>Ports: fixed, random, taken, and shared by several processes.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task A_taken_port_is_named_together_with_its_resource()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var model = new AppModel(args: []);
        model.AddShell("server", "sleep 1000").WithHttpEndpoint(port: port);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => model.App.StartAsync());

        Assert.Equal(
            $"Port {port} of resource 'server' (endpoint 'http') is already in use by another program. End that program, or give the endpoint another port.",
            exception.Message);
    }

    [Fact]
    public async Task Random_ports_replace_those_of_the_model()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var model = new AppModel();
        model.AddShell("server", "echo \"listening on $PORT\"; sleep 1000").WithHttpEndpoint(port: taken, env: "PORT");
        await model.StartAsync();

        var port = model.App.Services.GetEndpointPort("server", "http");

        Assert.NotEqual(taken, port);
        await Eventually.Be(() => Task.FromResult(model.LogOf("server")), log => log.Contains($"listening on {port}", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_endpoints_of_one_name_are_refused()
    {
        var server = DistributedApplication.CreateBuilder().AddExecutable("server", "sh", ".").WithHttpEndpoint();

        Assert.Throws<DistributedApplicationException>(() => server.WithHttpEndpoint());
    }

    [Fact]
    public async Task Replicas_without_a_proxy_are_refused()
    {
        await using var model = new AppModel();
        model.Builder.AddProject<WebProject>("web").WithReplicas(2).WithEndpoint("http", e => e.IsProxied = false);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => model.App.StartAsync());

        Assert.Contains("'web'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_are_processes_of_their_own_behind_one_address()
    {
        await using var model = new AppModel();
        var cache = model.Builder.AddRedis("cache");
        model.Builder.AddProject<WebProject>("web").WithReference(cache).WaitFor(cache).WithReplicas(2).WithHttpHealthCheck("/health");
        await model.StartAsync();
        await model.States.WaitForResourceHealthyAsync("web").WaitAsync(AppModel.Limit);

        var replicas = model.States.Current(model.Builder.Resources.Single(r => r.Name == "web"));
        var addresses = replicas.Select(r => r.Snapshot.EnvironmentVariables.Single(v => v.Name == "ASPNETCORE_URLS").Value).ToList();
        var port = model.App.Services.GetEndpointPort("web", "http");

        Assert.Equal(2, replicas.Select(r => r.ResourceId).Distinct().Count());
        Assert.Equal(2, addresses.Distinct().Count());
        Assert.DoesNotContain($"http://localhost:{port}", addresses);
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        using var answer = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_forwarder_takes_turns_and_passes_over_what_does_not_listen()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var two = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        two.Start();
        _ = AnswerAsync(one, "one");
        _ = AnswerAsync(two, "two");
        var port = PortAllocator.Free();
        int[] targets = [((IPEndPoint)one.LocalEndpoint).Port, PortAllocator.Free(), ((IPEndPoint)two.LocalEndpoint).Port];
        await using var forwarder = TcpForwarder.Start(port, targets);

        var answers = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            using var reader = new StreamReader(client.GetStream());
            answers.Add(await reader.ReadToEndAsync().WaitAsync(AppModel.Limit));
        }

        Assert.Equal(["one", "two"], answers.Distinct().Order());
    }

    [Fact]
    public async Task Addresses_are_shown_as_the_model_says()
    {
        await using var model = new AppModel();
        model.AddShell("server", "sleep 1000")
            .WithHttpEndpoint()
            .WithUrlForEndpoint("http", url => url.DisplayText = "Shop")
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = "/admin", DisplayText = "Admin", DisplayLocation = UrlDisplayLocation.DetailsOnly });
        await model.StartAsync();

        var address = $"http://localhost:{model.App.Services.GetEndpointPort("server", "http")}";
        var shown = (await model.WaitForAsync("server", s => s.State?.Text == KnownResourceStates.Running)).Snapshot.Urls;

        Assert.Equal(
            [(address, "Shop", false), ($"{address}/admin", "Admin", true)],
            shown.Select(url => (url.Url, url.DisplayProperties.DisplayName, url.IsInternal)));
    }

    private static async Task AnswerAsync(TcpListener listener, string text)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        }
    }
}
