using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Redis;

/// <summary>
/// Garnet, a server that speaks the protocol of Redis, as the .NET tool <c>garnet-server</c> of the repository's tool
/// manifest. It serves for function, not for speed: rank and offset commands on sorted sets walk the whole set.
/// </summary>
internal static class GarnetTool
{
    public static async Task<ProcessSpec> PrepareAsync(
        RedisResource server, string folder, string? password, bool isDurable, string appHostDirectory, LocalProcessContext context)
    {
        var dotnet = ExecutableFinder.Dotnet();
        context.Log.Info("Neither redis-server nor valkey-server was found in PATH; using Garnet, restored from the tool manifest.");
        var restore = new ProcessSpec(dotnet, ["tool", "restore"], appHostDirectory) { Environment = ResourceEnvironment.Inherited() };
        var (exitCode, output) = await ChildProcess.RunAsync(restore, context.Clock, context.CancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(
                $"""
                Redis was not found, and Garnet could not be restored ({output.Trim()}). Install one and start again:
                  Debian, Ubuntu:  sudo apt-get install redis-server
                  Fedora:          sudo dnf install valkey
                  macOS:           brew install redis
                """);
        }

        // Its defaults are any address and 16 GB; without --lua every script fails.
        List<string> arguments =
        [
            "garnet-server", "--bind", "127.0.0.1", "--port", server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture),
            "--memory", "256m", "--index", "16m", "--lua", "-q", "--logger-level", "Warning",
        ];
        if (password is not null)
        {
            arguments.AddRange(["--auth", "Password", "--password", password]);
        }

        if (isDurable)
        {
            arguments.AddRange(["--checkpointdir", folder, "--aof", "--recover", "--device-type", "RandomAccess"]);
        }

        return new ProcessSpec(dotnet, ["tool", "run", .. arguments[..1], "--", .. arguments[1..]], appHostDirectory) { Environment = context.Environment };
    }
}
