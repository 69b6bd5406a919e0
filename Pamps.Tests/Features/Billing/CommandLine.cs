using System.ComponentModel;
using System.Diagnostics;

namespace Pamps.Tests.Features.Billing;

/// <summary>Runs a program of the system and returns what it prints.</summary>
internal static class CommandLine
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new PrerequisiteMissingException($"{start.FileName} is not installed (Debian: apt-get install poppler-utils zbar-tools).", exception);
        }
    }
}
