using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Pamps.Tests.Faults;

/// <summary>
/// A Redis that a test has for itself. That of the app model is shared by all tests of the run and lies behind what the
/// engine starts, in a container or not; this one is the same program in both engines, and dies by SIGKILL in both.
/// </summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private static readonly string[] Programs = ["redis-server", "valkey-server"];

    private readonly string _program;
    private readonly int _port;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pamps-redis-");
    private KillableProcess? _process;

    private RedisProcess(string program, int port) => (_program, _port) = (program, port);

    /// <summary>What to connect with.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Starts a server with nothing in it.</summary>
    public static async Task<RedisProcess> CreateAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified);
        var program = folders.SelectMany(folder => Programs.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new PrerequisiteMissingException("Tests that kill Redis need redis-server (or valkey-server) in PATH; apt install redis-server.");

        // The server takes a number, not an open socket. Nobody else asks for this one, since it was given out just now.
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        var redis = new RedisProcess(program, port);
        await redis.StartAsync();
        return redis;
    }

    /// <summary>Starts it at its port, with nothing in it.</summary>
    public async Task StartAsync()
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _process = KillableProcess.Start(
            _program,
            ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName],
            new Dictionary<string, string?>());
        await Eventually.Be(() => Task.FromResult(_process.Output), output => output.Contains("Ready to accept connections", StringComparison.Ordinal));
    }

    /// <summary>Kills it; everything in it is gone.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Empties it, all of it.</summary>
    public async Task FlushAllAsync()
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        await connection.GetDatabase().ExecuteAsync("FLUSHALL");
        await connection.CloseAsync(allowCommandsToComplete: false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }
}
