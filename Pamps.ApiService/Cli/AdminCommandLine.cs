using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Feeds;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Cli;

/// <summary>
/// The commands behind <c>dotnet run --project Pamps.ApiService -- admin …</c>. They work on the database and Redis that
/// the configuration names; no server needs to run. Exit codes: 0 done, 1 refused or failed, 2 not understood.
/// </summary>
internal static class AdminCommandLine
{
    private const int Failed = 1;
    private const int NotUnderstood = 2;

    /// <summary>Runs one command.</summary>
    /// <param name="args">What came after <c>admin</c>.</param>
    /// <param name="output">Where results go; the console when absent.</param>
    /// <param name="configure">Changes the configuration, for tests.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, Action<HostApplicationBuilder>? configure = null)
    {
        var root = new RootCommand("Administers Pamps.");
        root.Add(AdminOptions.Json);
        root.Add(AdminOptions.DryRun);
        AdminOptions.Json.Recursive = true;
        AdminOptions.DryRun.Recursive = true;
        AdminAction run = work => async (parsed, cancellationToken) =>
        {
            using var host = Build(configure);
            await using var scope = host.Services.CreateAsyncScope();
            var result = await work(new AdminContext(scope.ServiceProvider, parsed, parsed.GetValue(AdminOptions.DryRun)), cancellationToken);
            result.Write(output ?? Console.Out, parsed.GetValue(AdminOptions.Json), parsed.GetValue(AdminOptions.DryRun));
            return result.Succeeded ? 0 : Failed;
        };
        AccountCommands.AddTo(root, run);
        UpkeepCommands.AddTo(root, run);
        OutboxCommands.AddTo(root, run);

        var parsed = root.Parse(args);
        var errors = Console.Error;
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await errors.WriteLineAsync(error.Message);
            }

            await errors.WriteLineAsync("Use --help to see what there is.");
            return NotUnderstood;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output ?? Console.Out });
        }
        catch (Exception exception) when (exception is NpgsqlException or DbUpdateException or InvalidOperationException or TimeoutException or RetryLimitExceededException or OutboxPostponedException)
        {
            // A sentence instead of a stack: whoever sits at a terminal has no use for the latter.
            await errors.WriteLineAsync($"Failed: {exception.GetBaseException().Message}");
            return Failed;
        }
    }

    private static IHost Build(Action<HostApplicationBuilder>? configure)
    {
        var builder = Host.CreateApplicationBuilder();
        // Results are on standard output, everything else is not.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        configure?.Invoke(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddPampsDatabase();
        builder.AddPampsRedis();
        builder.AddPampsOutbox();
        builder.AddPampsProjections();
        builder.AddPasswords();
        builder.AddAccounts();
        builder.AddFeeds();
        // Never started: commands write to the outbox, the running API does the work.
        return builder.Build();
    }
}

/// <summary>Turns the work of a command into its action.</summary>
/// <param name="work">The work.</param>
internal delegate Func<ParseResult, CancellationToken, Task<int>> AdminAction(Func<AdminContext, CancellationToken, Task<AdminResult>> work);

/// <summary>What a command works with.</summary>
/// <param name="Services">The services.</param>
/// <param name="Arguments">What was typed.</param>
/// <param name="DryRun">Only tell what would be done.</param>
internal sealed record AdminContext(IServiceProvider Services, ParseResult Arguments, bool DryRun)
{
    /// <summary>The database.</summary>
    public PampsDbContext Db => Services.GetRequiredService<PampsDbContext>();

    /// <summary>The time.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();
}

/// <summary>Options of every command.</summary>
internal static class AdminOptions
{
    /// <summary>JSON instead of a table.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Writes JSON instead of a table." };

    /// <summary>Only tells.</summary>
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Tells what would be done and does nothing." };
}
