using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ConsoleOutput;

/// <summary>What a person sees in the terminal: the output of every resource with its name in front, one line per change of state, then the addresses.</summary>
internal sealed class ConsoleReporter(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    AppHostStorage storage,
    TimeProvider clock) : IDisposable
{
    private const string Reset = "\e[0m";
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Grey = "\e[90m";
    private const string Bold = "\e[1m";

    private static readonly string[] Colours = ["\e[36m", "\e[33m", "\e[35m", "\e[34m", "\e[32m", "\e[96m", "\e[93m", "\e[95m"];
    private static readonly bool UsesColour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _states = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly long _createdAt = clock.GetTimestamp();
    private Uri? _dashboard;
    private readonly int _width = model.Resources.Select(r => r.Name.Length).DefaultIfEmpty().Max();

    public void Start(Uri? dashboard)
    {
        _dashboard = dashboard;
        WriteLine($"{Paint("Data", Bold)}       {storage.DataFolder}");
        if (dashboard is not null)
        {
            WriteLine($"{Paint("Dashboard", Bold)}  {dashboard}");
        }

        logs.LogCreated += log => log.Written += (source, line) => Write(source.ResourceName, Text(line), line.IsErrorMessage);
        _ = ReportStatesAsync();
    }

    public void Info(string message) => WriteLine(message);

    public void Error(string message) => WriteLine(Paint(message, Red));

    public void Started()
    {
        WriteLine("Distributed application started. Press Ctrl+C to shut down.");
        _ = ReportAddressesAsync();
    }

    public void Stopping() => WriteLine(Paint("Stopping …", Grey));

    public void Stopped()
    {
        WriteLine(Paint("Stopped.", Grey));
        _stopped.Cancel();
    }

    public void Dispose() => _stopped.Dispose();

    // The kept line has a time in front, which the terminal does not need.
    private static string Text(LogLine line) => line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string Paint(string text, string colour) => UsesColour ? colour + text + Reset : text;

    private async Task ReportStatesAsync()
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(_stopped.Token).ConfigureAwait(false))
            {
                if (change.Resource is not ParameterResource || ResourceNotificationService.IsUnavailable(change.Snapshot))
                {
                    ReportState(change);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application has stopped.
        }
    }

    private void ReportState(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        if (snapshot.State?.Text is not { } state || state == KnownResourceStates.NotStarted)
        {
            return;
        }

        var isHealthy = snapshot.HealthStatus == HealthStatus.Healthy && snapshot.HealthReports.Length > 0;
        var shown = isHealthy ? $"{state}, healthy" : snapshot.ExitCode is { } code ? $"{state}, exit code {code}" : state;
        lock (_lock)
        {
            if (_states.TryGetValue(change.ResourceId, out var last) && last == shown)
            {
                return;
            }

            _states[change.ResourceId] = shown;
        }

        var colour = state == KnownResourceStates.FailedToStart || snapshot.ExitCode is > 0 and not (137 or 143) ? Red : isHealthy ? Green : Bold;
        Write(change.Resource.Name, Paint($"● {shown}", colour), isError: false);
    }

    private async Task ReportAddressesAsync()
    {
        try
        {
            foreach (var resource in model.Resources.Where(r => !r.Annotations.OfType<ExplicitStartupAnnotation>().Any() && ResourceLauncher.HasProcess(r)))
            {
                await notifications.WaitForAllAsync(
                    resource,
                    all => all.All(e => ResourceNotificationService.IsReady(e.Snapshot) || ResourceNotificationService.IsUnavailable(e.Snapshot)),
                    _stopped.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var took = clock.GetElapsedTime(_createdAt).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        WriteLine(Paint($"Everything runs, after {took} s.", Bold));
        if (_dashboard is not null)
        {
            WriteLine($"  {Paint("Dashboard".PadRight(Math.Max(_width, 22)), Bold)} {_dashboard}");
        }

        foreach (var resource in model.Resources)
        {
            foreach (var url in notifications.Current(resource).SelectMany(e => e.Snapshot.Urls).DistinctBy(u => u.Url))
            {
                if (!url.IsInternal && url.Url.StartsWith("http", StringComparison.Ordinal))
                {
                    var name = url.DisplayProperties.DisplayName is { Length: > 0 } text ? text : resource.Name;
                    WriteLine($"  {Paint(name.PadRight(Math.Max(_width, 22)), Bold)} {url.Url}");
                }
            }
        }
    }

    private void Write(string resourceName, string text, bool isError)
    {
        var index = Math.Max(0, model.Resources.ToList().FindIndex(r => r.Name == resourceName));
        var prefix = Paint(resourceName.PadRight(_width), Colours[index % Colours.Length]);
        WriteLine($"{prefix} {(isError ? Paint("┃", Red) : Paint("│", Grey))} {text}");
    }

    private void WriteLine(string line)
    {
        lock (_lock)
        {
            Console.Out.WriteLine(line);
        }
    }
}
