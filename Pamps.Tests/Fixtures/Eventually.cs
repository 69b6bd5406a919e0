using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit.Sdk;

namespace Pamps.Tests.Fixtures;

/// <summary>Waits for what the outbox does after the answer was sent. The only place where tests wait for time to pass.</summary>
public static class Eventually
{
    /// <summary>How long an effect may take. Generous: it is only used up when the test fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private static readonly JsonSerializerOptions Readable = new(Wire.Json) { WriteIndented = true };

    /// <summary>Reads again and again until the state is as expected, and returns it; fails with the last state read.</summary>
    /// <typeparam name="T">The state.</typeparam>
    /// <param name="read">Reads the state.</param>
    /// <param name="expected">Whether the state is as expected.</param>
    /// <param name="expectation">The expectation as written; the compiler fills it in.</param>
    public static async Task<T> Be<T>(
        Func<Task<T>> read, Func<T, bool> expected, [CallerArgumentExpression(nameof(expected))] string? expectation = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(expected);

        using var timer = new PeriodicTimer(Interval);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var state = await read();
            if (expected(state))
            {
                return state;
            }

            if (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new XunitException($"Not so after {Limit.TotalSeconds:0} s: {expectation}\nThe last state was:\n{Show(state)}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Asserts again and again until the assertion holds; fails with the last failure.</summary>
    /// <param name="assertion">Reads the state and asserts.</param>
    public static async Task Holds(Func<Task> assertion)
    {
        ArgumentNullException.ThrowIfNull(assertion);

        using var timer = new PeriodicTimer(Interval);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (XunitException failure) when (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new XunitException($"Not so after {Limit.TotalSeconds:0} s; the last failure was:\n{failure.Message}", failure);
            }
            catch (XunitException)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    private static string Show<T>(T state) => state is string text ? text : JsonSerializer.Serialize(state, Readable);
}
