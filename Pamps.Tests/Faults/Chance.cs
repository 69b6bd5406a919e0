using System.Globalization;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>
/// What a fault test leaves to chance, from a seed that it prints. Another one each run; the variable
/// <c>PAMPS_FAULT_SEED</c> sets it.
/// </summary>
internal sealed class Chance
{
#pragma warning disable CA5394 // To be repeated; nothing here is secret.
    private readonly Lock _lock = new();
    private readonly Random _random;

    public Chance(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PAMPS_FAULT_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"Seed {seed}");
        _random = new Random(seed);
    }

    /// <summary>A number from 0 up to, but not including, a bound.</summary>
    /// <param name="below">The bound.</param>
    public int Below(int below)
    {
        lock (_lock)
        {
            return _random.Next(below);
        }
    }

    /// <summary>
    /// Lets a random piece of time pass, so that a fault comes at a moment that no state of the system announces. It is
    /// what these tests are about, and no test waits for anything by it.
    /// </summary>
    /// <param name="longest">The longest.</param>
    public async Task MomentAsync(TimeSpan longest)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + Below((int)longest.TotalMilliseconds)));
        await timer.WaitForNextTickAsync();
    }
}
