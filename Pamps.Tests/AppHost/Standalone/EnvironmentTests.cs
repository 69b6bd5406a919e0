using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>The variables that references, endpoints and parameters put into the environment of a process.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_database_comes_as_connection_string_and_in_parts()
    {
        await using var model = new AppModel();
        var password = model.Builder.AddParameter("pg-password", "p@ss/word", secret: true);
        var database = model.Builder.AddPostgres("pg", password: password, port: 5432).WithExplicitStart().AddDatabase("my-db", "shop");
        model.AddShell("task", "exit 0").WithReference(database);
        await model.StartAsync();

        var port = model.App.Services.GetEndpointPort("pg", "tcp");
        var variables = await VariablesAsync(model, "task");

        Assert.Equal($"Host=localhost;Port={port};Username=postgres;Password=p@ss/word;Database=shop", variables["ConnectionStrings__my-db"]);
        Assert.Equal(
            ["localhost", $"{port}", "postgres", "p@ss/word", "shop", $"postgresql://postgres:p%40ss%2Fword@localhost:{port}/shop", $"jdbc:postgresql://localhost:{port}/shop"],
            new[] { "HOST", "PORT", "USERNAME", "PASSWORD", "DATABASENAME", "URI", "JDBCCONNECTIONSTRING" }.Select(part => variables[$"MY_DB_{part}"]));
    }

    [Fact]
    public async Task A_cache_comes_under_the_name_that_was_asked_for()
    {
        await using var model = new AppModel();
        var cache = model.Builder.AddRedis("cache").WithExplicitStart();
        model.AddShell("task", "exit 0").WithReference(cache, connectionName: "sessions");
        await model.StartAsync();

        var port = model.App.Services.GetEndpointPort("cache", "tcp");
        var variables = await VariablesAsync(model, "task");

        var password = variables["SESSIONS_PASSWORD"];
        Assert.Matches("^[A-Za-z0-9]{22}$", password);
        Assert.Equal($"localhost:{port},password={password}", variables["ConnectionStrings__sessions"]);
        Assert.Equal($"redis://:{password}@localhost:{port}", variables["SESSIONS_URI"]);
    }

    [Fact]
    public async Task The_address_of_a_container_that_is_not_started_stays_unset()
    {
        await using var model = new AppModel();
        var mail = model.Builder.AddContainer("mail", "image", "1").WithEndpoint(targetPort: 1025, name: "smtp");
        model.AddShell("task", "exit 0")
            .WithEnvironment("SMTP_HOST", mail.GetEndpoint("smtp").Property(EndpointProperty.Host))
            .WithEnvironment("SMTP_URL", mail.GetEndpoint("smtp"))
            .WithEnvironment("OTHER", "here");
        await model.StartAsync();

        var variables = await VariablesAsync(model, "task");

        Assert.Equal("here", variables["OTHER"]);
        Assert.DoesNotContain(variables.Keys, name => name.StartsWith("SMTP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_comes_for_discovery_and_as_address()
    {
        await using var model = new AppModel();
        var web = model.Builder.AddProject<WebProject>("web-site").WithExplicitStart();
        model.AddShell("task", "exit 0").WithReference(web).WithReference(web, "other").WithReference("outside", new Uri("https://example.org/"));
        await model.StartAsync();

        var address = $"http://localhost:{model.App.Services.GetEndpointPort("web-site", "http")}";
        var variables = await VariablesAsync(model, "task");

        Assert.Equal(
            [address, address, address, address, "https://example.org/"],
            new[] { "services__web-site__http__0", "WEB_SITE_HTTP", "services__other__http__0", "OTHER_HTTP", "services__outside__default__0" }.Select(name => variables[name]));
    }

    [Fact]
    public async Task The_last_value_wins_and_holes_are_filled_late()
    {
        await using var model = new AppModel();
        var secret = model.Builder.AddParameter("key", "s3cret", secret: true);
        var server = model.AddShell("server", "sleep 1000").WithHttpEndpoint(env: "PORT").WithExplicitStart();
        var endpoint = server.GetEndpoint("http");
        Assert.Throws<InvalidOperationException>(() => endpoint.Url);
        model.AddShell("task", "exit 0")
            .WithEnvironment("A", "first")
            .WithEnvironment("A", "second")
            .WithEnvironment("ADDRESS", $"{endpoint}/path?key={secret:uri}&port={endpoint.Property(EndpointProperty.Port)}")
            .WithEnvironment("KEY", secret)
            .WithEnvironment("EMPTY", (string?)null);
        await model.StartAsync();

        var variables = await VariablesAsync(model, "task");

        Assert.Equal("second", variables["A"]);
        Assert.Equal($"{endpoint.Url}/path?key=s3cret&port={endpoint.Port}", variables["ADDRESS"]);
        Assert.Equal("s3cret", variables["KEY"]);
        Assert.Equal("", variables["EMPTY"]);
    }

    [Fact]
    public async Task What_concerns_the_AppHost_alone_is_not_inherited()
    {
        await using var model = new AppModel();
        model.AddShell("task", "echo \"[$DOTNET_ENVIRONMENT][$ASPNETCORE_URLS][$DOTNET_LAUNCH_PROFILE]\"; echo \"path $PATH\"");
        await model.StartAsync();
        await model.EndOfAsync("task");

        Assert.Contains(" [][][]", model.LogOf("task"), StringComparison.Ordinal);
        Assert.Contains($"path {Environment.GetEnvironmentVariable("PATH")}", model.LogOf("task"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_gets_its_launch_profile_and_the_names_for_telemetry()
    {
        await using var model = new AppModel();
        model.Builder.AddProject<WebProject>("web");
        await model.StartAsync();

        var variables = await VariablesAsync(model, "web", KnownResourceStates.Running);

        Assert.Equal("Development", variables["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("http", variables["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal($"http://localhost:{model.App.Services.GetEndpointPort("web", "http")}", variables["ASPNETCORE_URLS"]);
        Assert.Equal("web", variables["OTEL_SERVICE_NAME"]);
        Assert.Equal("service.instance.id=web", variables["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", variables.Keys);
    }

    private static async Task<ImmutableDictionary<string, string?>> VariablesAsync(AppModel model, string name, string? state = null)
    {
        var snapshot = state is null ? await model.EndOfAsync(name) : (await model.WaitForAsync(name, s => s.State?.Text == state)).Snapshot;
        return snapshot.EnvironmentVariables.ToImmutableDictionary(v => v.Name, v => v.Value);
    }
}
