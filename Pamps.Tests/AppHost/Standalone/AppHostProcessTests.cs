using System.Text.RegularExpressions;
using Aspire.Hosting.Processes;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>What a person relies on: a killed AppHost leaves nothing running, and a second start finds the data.</summary>
public sealed partial class AppHostProcessTests
{
    private const string Healthy = "Everything runs";

    [Fact]
    public async Task A_killed_AppHost_leaves_no_process_and_the_next_one_finds_the_data()
    {
        var folder = AppModel.CreateDataFolder();
        IReadOnlyList<int> children;
        using (var first = AppHostProcess.Start(folder))
        {
            await first.WaitForOutputAsync(Healthy);
            Assert.Contains("Created the database 'pampsdb'.", first.Output, StringComparison.Ordinal);
            children = first.Children();
            Assert.Equal(4, children.Count);
            await first.EndAsync(UnixProcess.Kill);
        }

        using var second = AppHostProcess.Start(folder);
        await second.WaitForOutputAsync(Healthy);

        Assert.All(children, child => Assert.Null(UnixProcess.Identity(child)));
        Assert.Contains(Healthy, second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Created the database", second.Output, StringComparison.Ordinal);

        children = second.Children();
        Assert.Equal(0, await second.EndAsync(UnixProcess.Terminate));
        Assert.All(children, child => Assert.Null(UnixProcess.Identity(child)));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => Path.GetFileName(Path.GetDirectoryName(file)) == "runs");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_children_of_a_killed_AppHost_end_without_a_successor()
    {
        var folder = AppModel.CreateDataFolder();
        using var app = AppHostProcess.Start(folder, "--UseVolumes=false");
        await app.WaitForOutputAsync(Healthy);
        var children = app.Children();

        await app.EndAsync(UnixProcess.Kill);

        await Eventually.Holds(() =>
        {
            Assert.All(children, child => Assert.Null(UnixProcess.Identity(child)));
            return Task.CompletedTask;
        });
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_server_that_is_not_there_stops_the_run_with_a_message_and_an_exit_code()
    {
        var folder = AppModel.CreateDataFolder();
        using var app = AppHostProcess.Start(folder, "--UseVolumes=false", "--Standalone:PostgresFolder=/no/such/folder");

        Assert.Equal(1, await app.ExitCodeAsync());
        Assert.Matches(FailedPostgres(), app.Output);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_first_line_names_the_engine()
    {
        var folder = AppModel.CreateDataFolder();
        using var app = AppHostProcess.Start(folder, "--operation=publish");

        Assert.Equal(1, await app.ExitCodeAsync());
        Assert.StartsWith("Engine     standalone (", app.Output, StringComparison.Ordinal);
        Assert.Contains("cannot publish", app.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("The application cannot start: resource 'postgres' failed to start\\. The folder '/no/such/folder'")]
    private static partial Regex FailedPostgres();
}
