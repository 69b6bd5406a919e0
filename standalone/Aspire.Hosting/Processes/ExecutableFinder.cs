namespace Aspire.Hosting.Processes;

/// <summary>Finds programs.</summary>
internal static class ExecutableFinder
{
    /// <summary>The full path of a program in PATH, or null.</summary>
    public static string? InPath(string name) => Find(name, (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));

    /// <summary>The full path of a program in the first of some folders that has it, or null.</summary>
    public static string? Find(string name, IEnumerable<string> folders)
    {
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd", name] : [name];
        return folders.Where(Path.IsPathFullyQualified)
            .SelectMany(folder => names.Select(n => Path.Combine(folder, n)))
            .FirstOrDefault(IsExecutable);
    }

    /// <summary>The program that runs .NET assemblies: the one that runs the AppHost, so that versions agree.</summary>
    public static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Path.GetFileName(Environment.ProcessPath) == name ? Environment.ProcessPath : null,
            // …/shared/Microsoft.NETCore.App/10.0.x/ lies three levels below the program.
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "/", "..", "..", "..", name)),
            InPath("dotnet"),
        ];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new DistributedApplicationException("The program 'dotnet' was not found; install the .NET SDK or put it into PATH.");
    }

    private static bool IsExecutable(string path) => File.Exists(path) &&
        (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
