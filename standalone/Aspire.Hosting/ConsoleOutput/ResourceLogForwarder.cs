using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ConsoleOutput;

/// <summary>Copies the output of every resource into the AppHost's own log, where tests can see it: category <c>{AppHost}.Resources.{name}</c>.</summary>
internal sealed partial class ResourceLogForwarder(ResourceLoggerService logs, ILoggerFactory loggers, IHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, ILogger> _targets = new();

    public void Start() => logs.LogCreated += log => log.Written += Forward;

    [LoggerMessage(EventId = 1, Message = "{LineNumber}: {Line}")]
    private static partial void Line(ILogger log, LogLevel level, int lineNumber, string line);

    private void Forward(ResourceLog log, LogLine line)
    {
        var target = _targets.GetOrAdd(log.ResourceName, name => loggers.CreateLogger($"{environment.ApplicationName}.Resources.{name}"));
        Line(target, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
    }
}
