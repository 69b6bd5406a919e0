using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.Processes;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>Nothing that was started outlives the application.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task What_a_process_has_started_ends_with_it()
    {
        var model = new AppModel();
        await using (model)
        {
            var file = Path.Combine(model.DataFolder, "child");
            model.AddShell("parent", $"sleep 1000 & echo $! > '{file}.tmp'; mv '{file}.tmp' '{file}'; wait");
            await model.StartAsync();
            var child = await ReadIdAsync(file);
            Assert.NotNull(UnixProcess.Identity(child));

            await model.App.StopAsync();

            await Eventually.Holds(() =>
            {
                Assert.Null(UnixProcess.Identity(child));
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    public async Task What_a_process_leaves_behind_when_it_ends_by_itself_is_ended()
    {
        await using var model = new AppModel();
        var file = Path.Combine(model.DataFolder, "child");
        model.AddShell("parent", $"sleep 1000 & echo $! > '{file}'");
        await model.StartAsync();
        await model.EndOfAsync("parent");
        var child = await ReadIdAsync(file);

        await Eventually.Holds(() =>
        {
            Assert.Null(UnixProcess.Identity(child));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Dependents_end_before_what_they_depend_on()
    {
        var model = new AppModel();
        await using (model)
        {
            var order = Path.Combine(model.DataFolder, "order");
            string Script(string name) => $"trap \"echo {name} >> '{order}'; exit 0\" TERM; echo ready; while :; do sleep 0.05; done";
            var first = model.AddShell("first", Script("first"));
            var second = model.AddShell("second", Script("second")).WaitFor(first);
            model.AddShell("third", Script("third")).WaitFor(second);
            await model.StartAsync();
            foreach (var name in new[] { "first", "second", "third" })
            {
                await Eventually.Be(() => Task.FromResult(model.LogOf(name)), log => log.Contains("ready", StringComparison.Ordinal));
            }

            await model.App.StopAsync();

            Assert.Equal(["third", "second", "first"], await File.ReadAllLinesAsync(order));
        }
    }

    [Fact]
    public async Task The_temporary_folder_goes_with_the_run()
    {
        string folder;
        await using (var model = new AppModel())
        {
            model.Builder.AddRedis("cache");
            await model.StartAsync();
            await model.States.WaitForResourceHealthyAsync("cache").WaitAsync(AppModel.Limit);
            folder = model.Storage.TemporaryFolder;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    private static async Task<int> ReadIdAsync(string file)
    {
        await Eventually.Be(() => Task.FromResult(File.Exists(file)), exists => exists);
        var text = await Eventually.Be(() => File.ReadAllTextAsync(file), content => content.EndsWith('\n'));
        return int.Parse(text, CultureInfo.InvariantCulture);
    }
}
