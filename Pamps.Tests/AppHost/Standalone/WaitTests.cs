using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>Who starts after whom, and what happens when that never comes.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task A_process_starts_after_the_completion_that_it_waits_for()
    {
        await using var model = new AppModel();
        var first = model.AddShell("first", "exit 0");
        model.AddShell("second", "exit 0").WaitForCompletion(first);
        await model.StartAsync();

        var second = await model.EndOfAsync("second");

        Assert.Equal(0, second.ExitCode);
        Assert.Contains("Waiting for resource 'first' to complete.", model.LogOf("second"), StringComparison.Ordinal);
        Assert.Contains("Finished waiting for resource 'first'.", model.LogOf("second"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_exit_code_fails_the_one_that_waits_for_completion()
    {
        await using var model = new AppModel();
        var first = model.AddShell("first", "exit 1");
        model.AddShell("second", "exit 0").WaitForCompletion(first);
        await model.StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, (await model.EndOfAsync("second")).State?.Text);
        Assert.Contains(
            "Resource 'second' stopped waiting for dependency resource 'first' because it entered the 'Finished' state with exit code '1', expected '0'.",
            model.LogOf("second"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exit_code_that_is_expected_is_no_failure()
    {
        await using var model = new AppModel();
        var first = model.AddShell("first", "exit 7");
        model.AddShell("second", "exit 0").WaitForCompletion(first, exitCode: 7);
        await model.StartAsync();

        Assert.Equal(0, (await model.EndOfAsync("second")).ExitCode);
    }

    [Fact]
    public async Task A_failure_passes_down_the_chain()
    {
        await using var model = new AppModel();
        var first = model.Builder.AddExecutable("first", "no-such-command-anywhere", ".");
        var second = model.AddShell("second", "sleep 1000").WaitFor(first);
        model.AddShell("third", "sleep 1000").WaitFor(second);
        await model.StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, (await model.EndOfAsync("third")).State?.Text);
        Assert.Contains("dependency resource 'first' because it failed to start.", model.LogOf("second"), StringComparison.Ordinal);
        Assert.Contains("dependency resource 'second' because it failed to start.", model.LogOf("third"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dependency_that_ends_too_early_fails_the_one_that_waits()
    {
        await using var model = new AppModel();
        model.Builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var first = model.AddShell("first", "exit 0").WithHealthCheck("never");
        model.AddShell("second", "sleep 1000").WaitFor(first);
        await model.StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, (await model.EndOfAsync("second")).State?.Text);
        Assert.Contains("because it entered the 'Finished' state prematurely.", model.LogOf("second"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_waits_until_its_dependency_is_healthy()
    {
        await using var model = new AppModel();
        var healthy = false;
        model.Builder.Services.AddHealthChecks().AddCheck("switch", () => Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var first = model.AddShell("first", "sleep 1000").WithHealthCheck("switch");
        model.AddShell("second", "sleep 1000").WaitFor(first);
        var starting = model.StartAsync();

        await model.WaitForAsync("first", s => s.HealthReports is [{ Status: HealthStatus.Unhealthy }]);
        Assert.True(model.States.TryGetCurrentState("second", out var second));
        Assert.Equal(KnownResourceStates.Waiting, second.Snapshot.State?.Text);

        Volatile.Write(ref healthy, true);
        await starting;
        await model.States.WaitForResourceHealthyAsync("second").WaitAsync(AppModel.Limit);
    }

    [Fact]
    public async Task One_that_waits_on_unavailable_goes_on_when_the_dependency_is_repaired()
    {
        await using var model = new AppModel();
        var flag = Path.Combine(model.DataFolder, "repaired");
        model.Builder.Services.AddHealthChecks().AddCheck("flag", () => File.Exists(flag) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var first = model.AddShell("first", $"[ -e '{flag}' ] && exec sleep 1000; exit 1").WithHealthCheck("flag");
        model.AddShell("second", "sleep 1000").WaitFor(first, WaitBehavior.WaitOnResourceUnavailable);
        var starting = model.StartAsync();
        await model.EndOfAsync("first");
        Assert.True(model.States.TryGetCurrentState("second", out var second));
        Assert.Equal(KnownResourceStates.Waiting, second.Snapshot.State?.Text);

        await File.WriteAllTextAsync(flag, "");
        await model.App.ResourceCommands.ExecuteCommandAsync("first", KnownResourceCommands.StartCommand);

        await starting;
        await model.States.WaitForResourceHealthyAsync("second").WaitAsync(AppModel.Limit);
    }

    [Fact]
    public async Task The_start_command_ends_a_wait()
    {
        await using var model = new AppModel();
        var never = model.AddShell("never", "sleep 1000").WithExplicitStart();
        model.AddShell("second", "sleep 1000").WaitFor(never);
        var starting = model.StartAsync();
        await model.WaitForAsync("second", s => s.State?.Text == KnownResourceStates.Waiting);

        await Eventually.Holds(async () =>
        {
            await model.App.ResourceCommands.ExecuteCommandAsync("second", KnownResourceCommands.StartCommand);
            Assert.True(starting.IsCompleted);
        });

        await model.States.WaitForResourceHealthyAsync("second").WaitAsync(AppModel.Limit);
    }

    [Fact]
    public async Task The_ready_handlers_are_done_before_the_next_one_starts()
    {
        await using var model = new AppModel();
        var handled = false;
        var first = model.AddShell("first", "sleep 1000");
        model.Builder.Eventing.Subscribe<ResourceReadyEvent>(first.Resource, async (_, _) =>
        {
            await Task.Yield();
            handled = true;
        });
        model.AddShell("second", "exit 0").WithEnvironment("HANDLED", () => handled.ToString()).WaitFor(first);
        await model.StartAsync();

        var second = await model.EndOfAsync("second");

        Assert.Contains(second.EnvironmentVariables, v => v is { Name: "HANDLED", Value: "True" });
    }

    [Fact]
    public async Task Waiting_for_something_unknown_or_failed_stops_by_default()
    {
        await using var model = new AppModel();
        model.Builder.AddExecutable("broken", "no-such-command-anywhere", ".");
        await model.StartAsync();

        var unknown = await Assert.ThrowsAsync<DistributedApplicationException>(() => model.States.WaitForResourceHealthyAsync("nobody"));
        var failed = await Assert.ThrowsAsync<DistributedApplicationException>(() => model.States.WaitForResourceHealthyAsync("broken"));

        Assert.Equal("Stopped waiting for resource 'nobody' to become healthy because it does not exist in the application model.", unknown.Message);
        Assert.Equal("Stopped waiting for resource 'broken' to become healthy because it failed to start.", failed.Message);
    }

    [Fact]
    public void A_circle_is_found_when_the_application_is_built()
    {
        var builder = DistributedApplication.CreateBuilder();
        var one = builder.AddExecutable("one", "sh", ".");
        var two = builder.AddExecutable("two", "sh", ".").WaitFor(one);
        one.WaitFor(two);

        var exception = Assert.Throws<DistributedApplicationException>(builder.Build);

        Assert.Contains("'one' waits for 'two' waits for 'one'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_waits_for_itself()
    {
        var one = DistributedApplication.CreateBuilder().AddExecutable("one", "sh", ".");

        Assert.Throws<DistributedApplicationException>(() => one.WaitFor(one));
    }
}
