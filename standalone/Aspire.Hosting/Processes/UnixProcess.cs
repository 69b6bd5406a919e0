using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static partial class UnixProcess
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static bool IsRoot => !OperatingSystem.IsWindows() && GetEffectiveUserId() == 0;

    /// <summary>Sends a signal to every process of a group; signal 0 only asks whether there is one.</summary>
    public static bool SignalGroup(int groupId, int signal) => groupId > 1 && SendSignal(-groupId, signal) == 0;

    public static bool Signal(int processId, int signal) => processId > 1 && SendSignal(processId, signal) == 0;

    public static void ChangeOwner(string path, uint userId, uint groupId)
    {
        if (SetOwner(path, userId, groupId) != 0)
        {
            throw new IOException($"Cannot give '{path}' to user {userId}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>
    /// Something that tells a process from a later one with the same id: its start time in clock ticks where the
    /// system says it exactly, else in seconds. Null when there is no such process.
    /// </summary>
    public static string? Identity(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The name in parentheses may contain anything; the fields after it are plain. Field 3 is the state.
                var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] == "Z" ? null : fields[19];
            }

            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOwner(string path, uint userId, uint groupId);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
