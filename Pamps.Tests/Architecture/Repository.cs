using System.Collections.Concurrent;

namespace Pamps.Tests.Architecture;

/// <summary>The files of the checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The projects that are the product, each a folder of the top level.</summary>
    public static readonly IReadOnlyList<string> Product =
        ["Pamps.AppHost", "Pamps.ServiceDefaults", "Pamps.ApiService", "Pamps.MigrationService", "Pamps.Web"];

    private static readonly HashSet<string> NotOurs = new(StringComparer.Ordinal) { "artifacts", "bin", "obj", "node_modules", "TestResults", ".git" };
    private static readonly ConcurrentDictionary<string, SourceFile> Parsed = new(StringComparer.Ordinal);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file below a folder, generated ones and migrations excepted.</summary>
    /// <param name="folders">Folders, relative to the root.</param>
    public static IReadOnlyList<SourceFile> Sources(params IEnumerable<string> folders) =>
        [.. Files(folders, "*.cs").Where(path => !IsGenerated(path)).Select(Parse)];

    /// <summary>Every C# file of the product.</summary>
    public static IReadOnlyList<SourceFile> ProductSources() => Sources(Product);

    /// <summary>Paths of files, relative to the root and with slashes.</summary>
    /// <param name="folders">Folders, relative to the root.</param>
    /// <param name="pattern">Which names.</param>
    public static IEnumerable<string> Files(IEnumerable<string> folders, string pattern) =>
        folders.Select(folder => new DirectoryInfo(Path.Combine(Root, folder)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => Walk(folder, pattern))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    /// <param name="path">Relative to the root.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Whether a file or folder exists.</summary>
    /// <param name="path">Relative to the root.</param>
    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    private static bool IsGenerated(string path) =>
        path.EndsWith(".Designer.cs", StringComparison.Ordinal) || path.Contains("/Migrations/", StringComparison.Ordinal) && path.StartsWith("Pamps.MigrationService", StringComparison.Ordinal);

    private static SourceFile Parse(string path) => Parsed.GetOrAdd(path, static path => new SourceFile(path, Read(path)));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder, string pattern) =>
        folder.EnumerateFiles(pattern).Concat(
            folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name)).SelectMany(child => Walk(child, pattern)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pamps.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Pamps.sln above {AppContext.BaseDirectory}.");
    }
}
