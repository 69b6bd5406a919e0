using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Cli;

namespace Pamps.Tests.Cli;

/// <summary>Runs admin commands against the database and Redis of an API.</summary>
internal static class AdminRun
{
    /// <summary>Runs one; its exit code and what it printed.</summary>
    /// <param name="api">The API.</param>
    /// <param name="command">The command line after <c>admin</c>.</param>
    public static async Task<(int Code, string Output)> RunAdminAsync(this ApiFixture api, params string[] command)
    {
        using var output = new StringWriter();
        var code = await AdminCommandLine.RunAsync(command, output, builder =>
        {
            builder.Configuration["ConnectionStrings:pampsdb"] = api.Database.ConnectionString;
            builder.Configuration["ConnectionStrings:cache"] = api.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:cache"];
            builder.Configuration["Redis:KeyPrefix"] = api.RedisKeyPrefix;
            builder.Configuration["Passwords:Iterations"] = "1000";
        });
        return (code, output.ToString());
    }
}
