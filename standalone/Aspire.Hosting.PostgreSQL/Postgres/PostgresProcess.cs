using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// The local server process. With a volume the data is durable (fsync on) and lies in the AppHost's data folder;
/// without one it is temporary and safety is traded for speed. It listens on the loopback only and asks for the
/// password; started by root it runs as the user <c>postgres</c> or <c>nobody</c>, because Postgres refuses root.
/// </summary>
internal sealed class PostgresProcess(PostgresServerResource server, IConfiguration configuration)
{
    public async Task<ProcessSpec> PrepareAsync(LocalProcessContext context)
    {
        var binaries = await PostgresBinaries.FindAsync(configuration, context).ConfigureAwait(false);
        var volume = server.Annotations.OfType<VolumeAnnotation>().LastOrDefault();
        var folder = context.Storage.ResourceFolder(volume?.Name ?? server.Name, durable: volume is not null);
        var user = UnprivilegedUser.Find("postgres", "nobody");
        var data = Path.Combine(folder, "pgdata");
        PrivateFiles.CreateFolder(data, user);
        await CheckVersionAsync(data, binaries, context).ConfigureAwait(false);

        var environment = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8", ["HOME"] = data, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            await InitializeAsync(binaries, data, folder, user, environment, isDurable: volume is not null, context).ConfigureAwait(false);
        }

        var port = server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        List<string> settings =
        [
            "listen_addresses=localhost",
            $"port={port}",
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=64MB",
            "log_timezone=UTC",
            "timezone=UTC",
        ];
        if (volume is null)
        {
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB"]);
        }

        // SIGINT is Postgres' fast shutdown: it disconnects clients, where SIGTERM would wait for them.
        return new ProcessSpec(binaries.Server, ["-D", data, .. settings.SelectMany(s => new[] { "-c", s })], "/")
        {
            Environment = environment,
            User = user,
            StopSignal = UnixProcess.Interrupt,
        };
    }

    /// <summary>Data of another major version cannot be opened; saying so beats the server's own message.</summary>
    private async Task CheckVersionAsync(string data, PostgresBinaries binaries, LocalProcessContext context)
    {
        var file = Path.Combine(data, "PG_VERSION");
        if (!File.Exists(file))
        {
            return;
        }

        var written = (await File.ReadAllTextAsync(file, context.CancellationToken).ConfigureAwait(false)).Trim();
        var spec = new ProcessSpec(binaries.Server, ["--version"], "/") { Environment = ResourceEnvironment.Inherited() };
        var (_, output) = await ChildProcess.RunAsync(spec, context.Clock, context.CancellationToken).ConfigureAwait(false);
        if (output.Length > 0 && !output.Contains($" {written}.", StringComparison.Ordinal) && !output.Contains($" {written}b", StringComparison.Ordinal))
        {
            throw new DistributedApplicationException(
                $"The data of resource '{server.Name}' in '{data}' was written by Postgres {written}, but this machine has {output.Trim()}. " +
                "Install that version, or remove the folder to begin anew.");
        }
    }

    private async Task InitializeAsync(
        PostgresBinaries binaries, string data, string folder, UnprivilegedUser? user, Dictionary<string, string> environment, bool isDurable, LocalProcessContext context)
    {
        var password = await server.PasswordParameter.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
        var userName = await server.UserName.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
        var passwordFile = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            await PrivateFiles.WriteAsync(passwordFile, password + "\n", user, context.CancellationToken).ConfigureAwait(false);
            List<string> arguments =
            [
                "-D", data, "-U", userName!, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
            ];
            if (!isDurable)
            {
                arguments.Add("--no-sync");
            }

            var spec = new ProcessSpec(binaries.InitDb, arguments, "/") { Environment = environment, User = user };
            var (exitCode, output) = await ChildProcess.RunAsync(spec, context.Clock, context.CancellationToken).ConfigureAwait(false);
            if (exitCode != 0)
            {
                throw new DistributedApplicationException($"'initdb' for resource '{server.Name}' failed with exit code {exitCode}: {output.Trim()}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }
}
