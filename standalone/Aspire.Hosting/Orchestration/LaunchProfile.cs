using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Orchestration;

/// <summary>A profile of <c>Properties/launchSettings.json</c>.</summary>
internal sealed class LaunchProfile
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    [JsonIgnore]
    public string Name { get; private set; } = "";

    public string? CommandName { get; set; }

    public string? CommandLineArgs { get; set; }

    public string? ApplicationUrl { get; set; }

    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];

    /// <summary>The profiles of a project, in the order of the file.</summary>
    public static IReadOnlyList<LaunchProfile> ReadAll(string projectFolder)
    {
        var file = Path.Combine(projectFolder, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            var settings = JsonSerializer.Deserialize<Settings>(File.ReadAllText(file), Lenient);
            foreach (var (name, profile) in settings?.Profiles ?? [])
            {
                profile.Name = name;
            }

            return settings is null ? [] : [.. settings.Profiles.Values];
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"The launch settings '{file}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The profile of a project: the one asked for, else the one of the preferred name, else the first that starts something.</summary>
    public static LaunchProfile? Choose(string projectFolder, string? askedFor, string? preferred)
    {
        var profiles = ReadAll(projectFolder);
        if (askedFor is not null)
        {
            return profiles.FirstOrDefault(p => p.Name == askedFor)
                ?? throw new DistributedApplicationException($"Launch settings file does not contain '{askedFor}' profile: {projectFolder}");
        }

        return profiles.FirstOrDefault(p => p.Name == preferred)
            ?? profiles.FirstOrDefault(p => p.CommandName is "Project" or "Executable");
    }

    private sealed class Settings
    {
        public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
    }
}
