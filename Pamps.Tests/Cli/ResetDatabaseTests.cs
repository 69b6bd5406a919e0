using Microsoft.Extensions.Hosting;
using Pamps.ApiService.Cli;

namespace Pamps.Tests.Cli;

/// <summary>The command that empties the database: in Development, and only when it is said twice.</summary>
public sealed class ResetDatabaseTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Database_is_emptied_when_confirmed_in_development_and_never_else()
    {
        var ana = await api.SignedInAs("ana");
        await ana.CreatePostAsync();
        var before = (await api.Database.DigestAsync())["accounts"];

        Assert.Equal(1, await RunAsync(Environments.Production, "database", "reset", "--yes"));
        Assert.Equal(1, await RunAsync(Environments.Development, "database", "reset"));
        Assert.Equal(0, await RunAsync(Environments.Development, "database", "reset", "--yes", "--dry-run"));
        Assert.Equal(before, (await api.Database.DigestAsync())["accounts"]);

        Assert.Equal(0, await RunAsync(Environments.Development, "database", "reset", "--yes"));
        Assert.NotEqual(before, (await api.Database.DigestAsync())["accounts"]);
        Assert.Equal(0, await api.WithDatabase(db => Task.FromResult(db.Posts.Count() + db.Accounts.Count() + db.Sessions.Count())));
    }

    private async Task<int> RunAsync(string environment, params string[] command)
    {
        using var output = new StringWriter();
        return await AdminCommandLine.RunAsync(command, output, builder =>
        {
            builder.Environment.EnvironmentName = environment;
            builder.Configuration["ConnectionStrings:pampsdb"] = api.Database.ConnectionString;
        });
    }
}
