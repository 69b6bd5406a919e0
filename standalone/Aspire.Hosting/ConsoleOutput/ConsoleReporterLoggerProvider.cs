using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ConsoleOutput;

/// <summary>Shows warnings and errors of the AppHost itself between the lines of the resources.</summary>
internal sealed class ConsoleReporterLoggerProvider(IServiceProvider services) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ReporterLogger(services);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class ReporterLogger(IServiceProvider services) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                // Asked for late: the reporter itself is made of services that log.
                services.GetRequiredService<ConsoleReporter>().Error(formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception));
            }
        }
    }
}
