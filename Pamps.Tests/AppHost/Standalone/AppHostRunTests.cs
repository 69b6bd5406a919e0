extern alias AppHost;

using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>The whole application, started through its own entry point.</summary>
public sealed class AppHostRunTests
{
    [Fact]
    public async Task Everything_becomes_healthy_answers_and_is_gone_afterwards()
    {
        string folder;
        string? postgres;
        await using (var builder = await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Pamps_AppHost>(["UseVolumes=false", "SeedDemo=false"]))
        {
            await using var app = await builder.BuildAsync();
            await app.StartAsync().WaitAsync(AppModel.Limit);
            foreach (var name in new[] { "postgres", "pampsdb", "cache", "apiservice", "webfrontend" })
            {
                await app.ResourceNotifications.WaitForResourceHealthyAsync(name).WaitAsync(AppModel.Limit);
            }

            folder = app.Services.GetRequiredService<AppHostStorage>().TemporaryFolder;
            postgres = await app.GetConnectionStringAsync("pampsdb");
            using var api = app.CreateHttpClient("apiservice");
            using var web = app.CreateHttpClient("webfrontend");
            using var apiHealth = await api.GetAsync("/health");
            using var webHealth = await web.GetAsync("/health");
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (apiHealth.StatusCode, webHealth.StatusCode));
            Assert.Throws<ArgumentException>(() => app.GetEndpoint("nobody"));
            Assert.Throws<ArgumentException>(() => app.GetEndpoint("apiservice", "gopher"));

            Assert.True(app.ResourceNotifications.TryGetCurrentState("migrations", out var migrations));
            Assert.Equal((KnownResourceStates.Finished, 0), (migrations.Snapshot.State?.Text, migrations.Snapshot.ExitCode));
        }

        Assert.False(Directory.Exists(folder));
        await using var connection = new NpgsqlConnection(postgres + ";Timeout=2;Pooling=false");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());
    }

    [Fact]
    public async Task A_mistake_in_the_model_surfaces_where_the_test_builds_it()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Pamps_AppHost>(["UseVolumes=false"]);
        var cache = builder.CreateResourceBuilder<RedisResource>("cache");
        var web = builder.CreateResourceBuilder<ProjectResource>("webfrontend");
        cache.WaitFor(web);

        await Assert.ThrowsAsync<DistributedApplicationException>(() => builder.BuildAsync());
    }

    [Fact]
    public async Task A_mistake_before_the_model_is_complete_surfaces_too() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Pamps_AppHost>(["UseVolumes=perhaps"]));

    [Fact]
    public async Task A_second_application_is_kept_out_of_the_data_of_the_first()
    {
        await using var first = new AppModel();
        first.Builder.AddRedis("cache").WithDataVolume();
        await first.StartAsync();
        await first.States.WaitForResourceHealthyAsync("cache").WaitAsync(AppModel.Limit);

        await using var second = new AppModel(dataFolder: first.DataFolder);
        second.Builder.AddRedis("cache").WithDataVolume();
        await second.StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, (await second.EndOfAsync("cache")).State?.Text);
        Assert.Contains("is in use by another AppHost of this project.", second.LogOf("cache"), StringComparison.Ordinal);
    }
}
