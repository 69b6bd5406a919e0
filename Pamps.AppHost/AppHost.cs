using Microsoft.Extensions.Configuration;
using Pamps.AppHost;
using Pamps.ServiceDefaults;

Engine.Print();

var builder = DistributedApplication.CreateBuilder(args);
var useVolumes = builder.Configuration.GetValue("UseVolumes", true);
var seedDemo = builder.Configuration.GetValue("SeedDemo", true);

var signingKey = builder.AddParameter(
    "jwt-signing-key",
    new GenerateParameterDefault { MinLength = 48, Special = false },
    secret: true,
    persist: true);

var postgres = builder.AddPostgres(ResourceNames.Postgres);
var cache = builder.AddRedis(ResourceNames.Cache);

if (builder.ExecutionContext.IsRunMode && useVolumes)
{
    postgres.WithDataVolume();
    cache.WithDataVolume();
}

var database = postgres.AddDatabase(ResourceNames.Database);

var migrations = builder.AddProject<Projects.Pamps_MigrationService>(ResourceNames.Migrations)
    .WithReference(database)
    .WaitFor(database);

if (builder.ExecutionContext.IsRunMode)
{
    migrations.WithEnvironment("Seed__Demo", seedDemo ? "true" : "false");
}

var api = builder.AddProject<Projects.Pamps_ApiService>(ResourceNames.ApiService)
    .WithReference(database)
    .WithReference(cache)
    .WaitFor(cache)
    .WaitForCompletion(migrations)
    .WithEnvironment("Jwt__SigningKey", signingKey)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API");

builder.AddProject<Projects.Pamps_Web>(ResourceNames.Web)
    .WithReference(api)
    .WithReference(cache)
    .WaitFor(api)
    .WaitFor(cache)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Site");

builder.Build().Run();
