using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>A process through its life.</summary>
public sealed class ResourceStateTests
{
    [Fact]
    public async Task A_process_that_ends_is_finished_with_its_exit_code()
    {
        await using var model = new AppModel();
        model.AddShell("task", "echo done; exit 3");
        await model.StartAsync();

        var end = await model.EndOfAsync("task");

        Assert.Equal((KnownResourceStates.Finished, 3), (end.State?.Text, end.ExitCode));
        Assert.Contains("done", model.LogOf("task"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_process_without_checks_is_healthy()
    {
        await using var model = new AppModel();
        model.AddShell("server", "sleep 1000");
        await model.StartAsync();

        var healthy = await model.States.WaitForResourceHealthyAsync("server").WaitAsync(AppModel.Limit);

        Assert.Equal(KnownResourceStates.Running, healthy.Snapshot.State?.Text);
    }

    [Fact]
    public async Task An_unknown_command_fails_to_start_and_says_which()
    {
        await using var model = new AppModel();
        model.Builder.AddExecutable("task", "no-such-command-anywhere", ".");
        await model.StartAsync();

        var end = await model.EndOfAsync("task");

        Assert.Equal(KnownResourceStates.FailedToStart, end.State?.Text);
        Assert.Contains("'no-such-command-anywhere'", model.LogOf("task"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_start_stop_and_restart_a_process()
    {
        await using var model = new AppModel();
        model.AddShell("server", "sleep 1000").WithExplicitStart();
        await model.StartAsync();
        Assert.True(model.States.TryGetCurrentState("server", out var before));
        Assert.Equal(KnownResourceStates.NotStarted, before.Snapshot.State?.Text);

        Assert.True((await model.App.ResourceCommands.ExecuteCommandAsync("server", KnownResourceCommands.StartCommand)).Success);
        var first = (await model.WaitForAsync("server", s => s.State?.Text == KnownResourceStates.Running)).Snapshot.ProcessId;
        Assert.True((await model.App.ResourceCommands.ExecuteCommandAsync("server", KnownResourceCommands.RestartCommand)).Success);
        var second = (await model.WaitForAsync("server", s => s.State?.Text == KnownResourceStates.Running)).Snapshot.ProcessId;
        Assert.NotEqual(first, second);

        Assert.True((await model.App.ResourceCommands.ExecuteCommandAsync("server", KnownResourceCommands.StopCommand)).Success);
        Assert.Equal(KnownResourceStates.Finished, (await model.EndOfAsync("server")).State?.Text);
    }

    [Fact]
    public async Task A_command_of_the_model_runs_and_its_exception_is_its_failure()
    {
        await using var model = new AppModel();
        model.AddShell("server", "sleep 1000")
            .WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Success($"hello {context.ResourceName}")))
            .WithCommand("fail", "Fail", _ => throw new InvalidOperationException("no luck"));
        await model.StartAsync();

        var greeted = await model.App.ResourceCommands.ExecuteCommandAsync("server", "greet");
        var failed = await model.App.ResourceCommands.ExecuteCommandAsync("server", "fail");
        var unknown = await model.App.ResourceCommands.ExecuteCommandAsync("server", "dance");

        Assert.Equal((true, "hello server"), (greeted.Success, greeted.Message));
        Assert.Equal((false, "no luck"), (failed.Success, failed.Message));
        Assert.False(unknown.Success);
    }

    [Fact]
    public async Task A_cancelled_wait_says_what_it_waited_for()
    {
        await using var model = new AppModel();
        model.AddShell("server", "sleep 1000").WithExplicitStart();
        await model.StartAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.States.WaitForResourceAsync("server", cancellationToken: cancelled.Token));

        Assert.Equal("Resource 'server' failed to reach the 'Running' state before the operation was cancelled.", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1abc")]
    [InlineData("a--b")]
    [InlineData("a-")]
    [InlineData("a_b")]
    public void A_name_that_no_engine_accepts_is_refused(string name)
    {
        var builder = DistributedApplication.CreateBuilder();

        Assert.Throws<ArgumentException>(() => builder.AddExecutable(name, "sh", "."));
    }

    [Fact]
    public void Names_differ_by_more_than_case()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddExecutable("one", "sh", ".");

        var exception = Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("ONE", "sh", "."));

        Assert.Contains("ONE", exception.Message, StringComparison.Ordinal);
    }
}
