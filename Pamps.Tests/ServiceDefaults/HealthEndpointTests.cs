using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Pamps.Tests.ServiceDefaults;

public sealed class HealthEndpointTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_healthy_service_says_so(string path)
    {
        await using var service = await ServiceHost.StartAsync();
        using var response = await service.Client.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, """{"status":"Healthy"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_failing_check_makes_the_service_unready_but_not_dead()
    {
        await using var service = await ServiceHost.StartAsync(builder =>
            builder.Services.AddHealthChecks().AddCheck("database", () => HealthCheckResult.Unhealthy()));
        using var health = await service.Client.GetAsync("/health");
        using var alive = await service.Client.GetAsync("/alive");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData("false", HttpStatusCode.NotFound)]
    [InlineData("true", HttpStatusCode.OK)]
    public async Task Outside_of_development_they_exist_only_when_asked_for(string? enabled, HttpStatusCode expected)
    {
        await using var service = await ServiceHost.StartAsync(
            builder => builder.Configuration["HealthEndpoints:Enabled"] = enabled, environment: "Production");
        using var health = await service.Client.GetAsync("/health");
        using var alive = await service.Client.GetAsync("/alive");

        Assert.Equal((expected, expected), (health.StatusCode, alive.StatusCode));
    }

    [Fact]
    public async Task They_answer_strangers_where_everything_else_asks_for_an_account()
    {
        await using var service = await ServiceHost.StartAsync(
            builder =>
            {
                builder.Services.AddAuthentication("None").AddScheme<AuthenticationSchemeOptions, NobodyHandler>("None", null);
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                    new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapGet("/private", () => "secret");
            });
        using var health = await service.Client.GetAsync("/health");
        using var secret = await service.Client.GetAsync("/private");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (health.StatusCode, secret.StatusCode));
    }

    private sealed class NobodyHandler(
        Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options,
        Microsoft.Extensions.Logging.ILoggerFactory logger,
        System.Text.Encodings.Web.UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
