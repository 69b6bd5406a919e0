using System.Diagnostics;

namespace Pamps.Tests.Features.Billing;

/// <summary>A fact that needs programs of the system: skipped with the reason where one is missing, but never in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CommandLineFactAttribute : FactAttribute
{
    public CommandLineFactAttribute(params string[] programs)
    {
        var missing = programs.FirstOrDefault(program => CommandLine.Find(program) is null);
        if (missing is not null && Environment.GetEnvironmentVariable("CI") is null)
        {
            Skip = $"{missing} is not installed (Debian: apt-get install poppler-utils zbar-tools).";
        }
    }
}

/// <summary>Runs a program of the system and returns what it prints.</summary>
internal static class CommandLine
{
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return output;
    }
}
