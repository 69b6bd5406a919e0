using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Migrations;

public sealed class ModelTests
{
    [Fact]
    public void Model_and_migrations_agree()
    {
        using var host = Build();
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<PampsDbContext>().Database;

        Assert.NotEmpty(database.GetMigrations());
        Assert.False(database.HasPendingModelChanges(), "The model differs from the migrations; docs/decisions/0008-initial-migration-is-regenerated.md says what to do.");
    }

    [Fact]
    public void The_migrations_written_by_hand_come_after_the_generated_one()
    {
        using var host = Build();
        using var scope = host.Services.CreateScope();
        var names = scope.ServiceProvider.GetRequiredService<PampsDbContext>().Database.GetMigrations().Select(id => id.Split('_', 2)[1]);

        Assert.Equal(["Initial", "Search", "Counters"], names.Take(3));
    }

    /// <summary>The context as every service gets it.</summary>
    private static IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:pampsdb", "Host=nowhere")]);
        builder.AddPampsDatabase();
        return builder.Build();
    }
}
