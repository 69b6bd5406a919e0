namespace Pamps.Tests.Fixtures;

public sealed class ManualTimeProviderTests
{
    [Fact]
    public void Time_stands_still_until_advanced()
    {
        var clock = new ManualTimeProvider();
        var start = clock.GetUtcNow();

        clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(start + TimeSpan.FromHours(3), clock.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_and_once_for_a_leap()
    {
        var clock = new ManualTimeProvider();
        var start = clock.GetUtcNow();
        var fired = new List<string>();
        using var repeated = clock.CreateTimer(_ => fired.Add($"repeated {clock.GetUtcNow() - start:ss}"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var once = clock.CreateTimer(_ => fired.Add($"once {clock.GetUtcNow() - start:ss}"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["repeated 02", "once 03"], fired);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("repeated 06", fired[^1]);
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come()
    {
        var clock = new ManualTimeProvider();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        var tick = timer.WaitForNextTickAsync().AsTask();
        Assert.False(tick.IsCompleted);

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await tick);
    }
}
