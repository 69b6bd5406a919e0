using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Postgres;

/// <summary>The programs of a Postgres installation on this machine.</summary>
internal sealed record PostgresBinaries(string InitDb, string Server)
{
    private static readonly string[] InstallFolders =
    [
        "/usr/lib/postgresql/*/bin", // Debian, Ubuntu
        "/usr/pgsql-*/bin", // packages of postgresql.org for Fedora and its kin
        "/usr/lib/postgresql*/bin", // openSUSE, Alpine
        "/usr/libexec/postgresql*", // Alpine
        "/opt/homebrew/opt/postgresql@*/bin", // macOS on Apple silicon
        "/usr/local/opt/postgresql@*/bin", // macOS on Intel
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        "/usr/local/pgsql/bin",
    ];

    /// <summary>Finds an installation: configured folder, PATH, the usual folders (newest version first), then the npm package.</summary>
    public static async Task<PostgresBinaries> FindAsync(IConfiguration configuration, LocalProcessContext context)
    {
        if (configuration["Standalone:PostgresFolder"] is { Length: > 0 } configured)
        {
            return In([configured, Path.Combine(configured, "bin")])
                ?? throw new DistributedApplicationException($"The folder '{configured}' of Standalone:PostgresFolder holds no 'initdb' and 'postgres'.");
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return In(path) ?? In(InstallFolders.SelectMany(Expand))
            ?? await PostgresNpmPackage.FindAsync(context).ConfigureAwait(false)
            ?? throw new DistributedApplicationException(
                """
                Postgres was not found. Install it and start again:
                  Debian, Ubuntu:  sudo apt-get install postgresql
                  Fedora:          sudo dnf install postgresql-server postgresql-contrib
                  macOS:           brew install postgresql@17
                or name the folder of its programs in the environment variable Standalone__PostgresFolder, or install npm.
                """);
    }

    public static PostgresBinaries? In(IEnumerable<string> folders) => folders
        .Select(folder => (InitDb: ExecutableFinder.Find("initdb", [folder]), Server: ExecutableFinder.Find("postgres", [folder])))
        .Where(found => found is { InitDb: not null, Server: not null })
        .Select(found => new PostgresBinaries(found.InitDb!, found.Server!))
        .FirstOrDefault();

    /// <summary>The folders that match a pattern with a star in one of its parts, the highest version first.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var star = Array.FindIndex(parts, part => part.Contains('*', StringComparison.Ordinal));
        if (star < 0)
        {
            return [pattern];
        }

        var parent = "/" + string.Join('/', parts[..star]);
        return !Directory.Exists(parent)
            ? []
            : Directory.EnumerateDirectories(parent, parts[star])
                .OrderByDescending(folder => decimal.TryParse(string.Concat(Path.GetFileName(folder).Where(c => char.IsAsciiDigit(c) || c == '.')), out var version) ? version : 0)
                .Select(folder => Path.Combine([folder, .. parts[(star + 1)..]]));
    }
}
