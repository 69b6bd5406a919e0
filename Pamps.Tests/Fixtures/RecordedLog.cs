using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Pamps.Tests.Fixtures;

/// <summary>The last lines that a server logged; assertions show them when they fail, tests may look for one.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    /// <summary>Puts the log on a request, where an assertion about the response finds it.</summary>
    public static readonly HttpRequestOptionsKey<RecordedLog> OfRequest = new("log");

    private const int Kept = 2000;

    private readonly ConcurrentQueue<Line> _lines = new();

    /// <summary>The lines so far, oldest first.</summary>
    public IReadOnlyCollection<Line> Lines => _lines;

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>The latest warnings and errors as text.</summary>
    public string Troubles() =>
        string.Join('\n', _lines.Where(line => line.Level >= LogLevel.Warning).TakeLast(20).Select(line => line.ToString()));

    /// <inheritdoc />
    public void Dispose()
    {
    }

    /// <summary>One line of the log.</summary>
    /// <param name="Level">How serious.</param>
    /// <param name="Category">Who wrote it.</param>
    /// <param name="Event">Its id.</param>
    /// <param name="Message">The text.</param>
    /// <param name="Exception">The exception, if there was one.</param>
    public sealed record Line(LogLevel Level, string Category, EventId Event, string Message, Exception? Exception)
    {
        /// <inheritdoc />
        public override string ToString() => $"{Level} {Category}[{Event.Id}] {Message} {Exception}".TrimEnd();
    }

    private sealed class Logger(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue(new(logLevel, category, eventId, formatter(state, exception), exception));
            while (log._lines.Count > Kept && log._lines.TryDequeue(out _))
            {
                // Only the newest lines are of interest.
            }
        }
    }
}
