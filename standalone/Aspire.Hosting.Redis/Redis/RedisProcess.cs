using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Redis;

/// <summary>
/// The local server process: redis-server or valkey-server, else Garnet as a .NET tool. It listens on the loopback
/// only, asks for the password and has bounded memory.
/// </summary>
internal sealed class RedisProcess(RedisResource server, IConfiguration configuration, string appHostDirectory)
{
    private const string Memory = "256mb";

    public async Task<ProcessSpec> PrepareAsync(LocalProcessContext context)
    {
        var volume = server.Annotations.OfType<VolumeAnnotation>().LastOrDefault();
        var folder = context.Storage.ResourceFolder(volume?.Name ?? server.Name, durable: volume is not null);
        var password = server.PasswordParameter is { } parameter ? await parameter.GetValueAsync(context.CancellationToken).ConfigureAwait(false) : null;
        var program = configuration["Standalone:RedisServer"] is { Length: > 0 } configured
            ? configured
            : ExecutableFinder.InPath("redis-server") ?? ExecutableFinder.InPath("valkey-server");
        if (program is null)
        {
            return await GarnetTool.PrepareAsync(server, folder, password, isDurable: volume is not null, appHostDirectory, context).ConfigureAwait(false);
        }

        // The settings go into a file, not onto the command line, where every user of the machine could read the password.
        var user = UnprivilegedUser.Find("redis", "valkey", "nobody");
        var settings = Path.Combine(folder, "redis.conf");
        await PrivateFiles.WriteAsync(settings, string.Join('\n', Settings(folder, password)) + "\n", user, context.CancellationToken).ConfigureAwait(false);
        PrivateFiles.Give(folder, user);

        return new ProcessSpec(program, [settings], folder) { Environment = context.Environment, User = user };
    }

    private IEnumerable<string> Settings(string folder, string? password)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"port {server.PrimaryEndpoint.Port}");
        yield return "bind 127.0.0.1 -::1";
        yield return $"dir \"{folder}\"";
        yield return "daemonize no";
        yield return "databases 16";
        yield return $"maxmemory {Memory}";
        yield return "maxmemory-policy noeviction";
        if (password is not null)
        {
            yield return $"requirepass \"{password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        yield return server.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault() is { } persistence
            ? string.Create(CultureInfo.InvariantCulture, $"save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}")
            : "save \"\"";
    }
}
