using System.Diagnostics;
using System.Text;
using Pamps.MigrationService;

namespace Pamps.Tests.Migrations;

/// <summary>Runs MigrationService as the app model does: as a process of its own, judged by its exit code.</summary>
internal static class MigrationProcess
{
    /// <summary>How long it may take; only a broken one uses it up.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Starts it and waits for its end.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="command">What it shall do.</param>
    /// <returns>The exit code and everything it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string connectionString, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MigrationRunner).Assembly.Location, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__pampsdb"] = connectionString;
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"MigrationService did not end within {Limit}. It wrote:\n{output}");
        }

        return (process.ExitCode, output.ToString());

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
    }
}
