using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Where an AppHost keeps things: one folder per AppHost project below the user's data folder (or the configured
/// <c>Standalone:DataFolder</c>) with the volumes, the kept passwords and the list of running processes; and one
/// temporary folder per run.
/// </summary>
internal sealed class AppHostStorage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Lock _lock = new();
    private readonly Lazy<string> _temporaryFolder;
    private readonly bool _keepsSecrets;
    private readonly Dictionary<string, FileStream> _held = [];
    private readonly Dictionary<string, string> _secretsOfThisRun = [];

    /// <summary>Finds the folders of an AppHost.</summary>
    /// <param name="appHostDirectory">The folder of its project; two checkouts have two data folders.</param>
    /// <param name="appHostName">The name of its project.</param>
    /// <param name="configuration">May hold another data folder.</param>
    /// <param name="keepsSecrets">Whether generated values outlive the run; tests make their own.</param>
    public AppHostStorage(string appHostDirectory, string appHostName, IConfiguration configuration, bool keepsSecrets)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appHostDirectory)))[..8];
        var root = configuration["Standalone:DataFolder"] ?? DefaultRoot();
        DataFolder = Path.GetFullPath(Path.Combine(root, $"{appHostName.ToLowerInvariant()}-{hash}"));
        _keepsSecrets = keepsSecrets;
        _temporaryFolder = new Lazy<string>(() => CreateTraversable(
            Path.Combine(Path.GetTempPath(), $"{appHostName.ToLowerInvariant()}-{Environment.ProcessId}-{Path.GetRandomFileName()}")));
    }

    public string DataFolder { get; }

    /// <summary>Removed at the end of the run.</summary>
    public string TemporaryFolder => _temporaryFolder.Value;

    public string RunsFolder => CreateTraversable(Path.Combine(DataFolder, "runs"));

    private string SecretsFile => Path.Combine(DataFolder, "secrets.json");

    public static AppHostStorage Of(IDistributedApplicationBuilder builder) =>
        (AppHostStorage)builder.Services.Last(d => d.ServiceType == typeof(AppHostStorage)).ImplementationInstance!;

    /// <summary>The folder of a volume, kept from run to run; or of a resource without one, gone at the end.</summary>
    public string ResourceFolder(string name, bool durable)
    {
        var folder = CreateTraversable(Path.Combine(durable ? Path.Combine(DataFolder, "volumes") : TemporaryFolder, name));
        if (durable)
        {
            Hold(name);
        }

        return folder;
    }

    /// <summary>A generated value that stays the same from run to run; it lies beside the data it protects.</summary>
    public string KeptSecret(string key, Func<string> generate)
    {
        lock (_lock)
        {
            var kept = _keepsSecrets && File.Exists(SecretsFile)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(SecretsFile)) ?? []
                : _secretsOfThisRun;
            if (kept.TryGetValue(key, out var value))
            {
                return value;
            }

            kept[key] = value = generate();
            if (_keepsSecrets)
            {
                WriteSecrets(kept);
            }

            return value;
        }
    }

    /// <summary>Lets go of the volumes and removes the temporary folder.</summary>
    public void Close()
    {
        lock (_lock)
        {
            foreach (var held in _held.Values)
            {
                held.Dispose();
            }

            _held.Clear();
        }

        if (_temporaryFolder.IsValueCreated && Directory.Exists(_temporaryFolder.Value))
        {
            Directory.Delete(_temporaryFolder.Value, recursive: true);
        }
    }

    /// <summary>Keeps a second AppHost out of the data. The system lets go of the lock when this process ends, however it ends.</summary>
    private void Hold(string name)
    {
        lock (_lock)
        {
            if (_held.ContainsKey(name))
            {
                return;
            }

            try
            {
                _held[name] = new FileStream(Path.Combine(DataFolder, "volumes", $"{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception)
            {
                throw new DistributedApplicationException(
                    $"The data in '{Path.Combine(DataFolder, "volumes", name)}' is in use by another AppHost of this project. Stop that one first.",
                    exception);
            }
        }
    }

    // A server of another user must be able to go through the folder, so it is not below root's home, and not listable.
    private static string DefaultRoot() => UnixProcess.IsRoot
        ? "/var/lib/aspire-standalone"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "aspire-standalone");

    private static string CreateTraversable(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(folder).FullName;
        }

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return Directory.CreateDirectory(folder, Mode).FullName;
    }

    // Written aside and moved, so that a killed AppHost never leaves half a file and with it an unreadable database.
    private void WriteSecrets(Dictionary<string, string> secrets)
    {
        CreateTraversable(DataFolder);
        var written = $"{SecretsFile}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(written, options))
        {
            JsonSerializer.Serialize(file, secrets, Indented);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, SecretsFile, overwrite: true);
    }
}
