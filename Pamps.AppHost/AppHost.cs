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

var webhookSecret = builder.AddParameter(
    "billing-webhook-secret",
    new GenerateParameterDefault { MinLength = 32, Special = false },
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
    .WithEnvironment("Billing__WebhookSecret", webhookSecret)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API");

// What the AppHost is told about billing, by arguments or settings, it passes on: --Billing:Mail:Folder=/tmp/mails
foreach (var (key, value) in builder.Configuration.GetSection("Billing").AsEnumerable().Where(setting => setting.Value is not null))
{
    api.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
}

if (builder.ExecutionContext.IsRunMode)
{
    // Catches mails and shows them on a page. Nobody waits for it: where it is not started its address is not given, and
    // the API writes mails to a folder instead.
    var mail = builder.AddContainer(ResourceNames.Mail, "axllent/mailpit", "v1.31")
        .WithEndpoint(targetPort: 1025, name: "smtp")
        .WithHttpEndpoint(targetPort: 8025)
        .WithUrlForEndpoint("http", url => url.DisplayText = "Mails");
    var smtp = mail.GetEndpoint("smtp");
    api.WithEnvironment("Billing__Mail__SmtpHost", smtp.Property(EndpointProperty.Host))
        .WithEnvironment("Billing__Mail__SmtpPort", smtp.Property(EndpointProperty.Port));
}

builder.AddProject<Projects.Pamps_Web>(ResourceNames.Web)
    .WithReference(api)
    .WithReference(cache)
    .WaitFor(api)
    .WaitFor(cache)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Site");

builder.Build().Run();
