extern alias AppHost;

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Pamps.Tests.AppHost;

/// <summary>The topology that AppHost.cs describes, read without starting it, and the builder that tests get it through.</summary>
public sealed class AppHostModelTests
{
    private static readonly string[] Arguments = ["UseVolumes=false", "SeedDemo=false"];

    [Fact]
    public async Task The_model_has_the_resources_that_services_name()
    {
        await using var builder = await CreateAsync();

        Assert.Subset(
            builder.Resources.Select(r => r.Name).ToHashSet(),
            new HashSet<string> { "apiservice", "cache", "migrations", "pampsdb", "postgres", "webfrontend", "jwt-signing-key", "billing-webhook-secret", "mail" });
    }

    [Theory]
    [InlineData("migrations", "pampsdb")]
    [InlineData("apiservice", "cache", "mail", "pampsdb")]
    [InlineData("webfrontend", "apiservice", "cache")]
    public async Task Services_are_given_what_they_use(string name, params string[] used)
    {
        await using var builder = await CreateAsync();
        var resource = builder.CreateResourceBuilder<ProjectResource>(name).Resource;

        var references = resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Where(a => a.Type == "Reference" && a.Resource is not ParameterResource).Select(a => a.Resource.Name).Distinct().Order();

        Assert.Equal(used, references);
    }

    [Fact]
    public async Task The_api_starts_after_the_migrations_and_the_site_after_the_api()
    {
        await using var builder = await CreateAsync();

        Assert.Contains((WaitType.WaitUntilHealthy, "pampsdb"), WaitsOf(builder, "migrations"));
        Assert.Contains((WaitType.WaitForCompletion, "migrations"), WaitsOf(builder, "apiservice"));
        Assert.Contains((WaitType.WaitUntilHealthy, "cache"), WaitsOf(builder, "apiservice"));
        Assert.Contains((WaitType.WaitUntilHealthy, "apiservice"), WaitsOf(builder, "webfrontend"));
    }

    [Theory]
    [InlineData("apiservice")]
    [InlineData("webfrontend")]
    public async Task Services_are_checked_and_can_be_reached(string name)
    {
        await using var builder = await CreateAsync();
        var resource = builder.CreateResourceBuilder<ProjectResource>(name).Resource;

        Assert.Single(resource.Annotations.OfType<HealthCheckAnnotation>());
        Assert.All(resource.Annotations.OfType<EndpointAnnotation>(), e => Assert.True(e.IsExternal));
        Assert.NotEmpty(resource.Annotations.OfType<EndpointAnnotation>());
    }

    [Fact]
    public async Task Tests_ignore_the_fixed_ports_and_have_no_dashboard()
    {
        await using var builder = await CreateAsync();

        Assert.Equal("true", builder.Configuration["DcpPublisher:RandomizePorts"]);
        Assert.Equal("Development", builder.Environment.EnvironmentName);
        Assert.True(builder.ExecutionContext.IsRunMode);
    }

    [Fact]
    public async Task The_environment_can_be_chosen()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Pamps_AppHost>([.. Arguments, "--environment=Testing"]);

        Assert.Equal("Testing", builder.Environment.EnvironmentName);
    }

    [Fact]
    public async Task Endpoints_are_there_only_after_the_start()
    {
        await using var builder = await CreateAsync();
        await using var app = await builder.BuildAsync();

        Assert.Throws<InvalidOperationException>(() => app.GetEndpoint("apiservice"));
        Assert.Throws<InvalidOperationException>(() => app.CreateHttpClient("apiservice"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await app.GetConnectionStringAsync("cache"));
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync() =>
        DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Pamps_AppHost>(Arguments);

    private static IEnumerable<(WaitType, string)> WaitsOf(IDistributedApplicationBuilder builder, string name) =>
        builder.CreateResourceBuilder<ProjectResource>(name).Resource.Annotations.OfType<WaitAnnotation>().Select(w => (w.WaitType, w.Resource.Name));
}
