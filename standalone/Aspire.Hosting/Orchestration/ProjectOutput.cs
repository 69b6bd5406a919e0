using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds what the build has made of a project.</summary>
internal static class ProjectOutput
{
    /// <summary>The key under which the build of the AppHost leaves the path of each project's assembly.</summary>
    public const string MetadataPrefix = "standalone-output:";

    public static string FindAssembly(ProjectResource resource, Assembly? appHost)
    {
        var project = resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var built = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => string.Equals(a.Key, MetadataPrefix + project, StringComparison.OrdinalIgnoreCase))?.Value
            ?? Newest(project);
        return built is not null && File.Exists(built)
            ? built
            : throw new DistributedApplicationException(
                $"Project '{project}' of resource '{resource.Name}' has not been built. Build it, or start the AppHost without --no-build.");
    }

    // For projects that the AppHost names without referencing them.
    private static string? Newest(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var folder = Path.GetDirectoryName(project)!;
        string[] outputs = [Path.Combine(folder, "bin"), Path.Combine(folder, "..", "artifacts", "bin", name)];
        return outputs.Where(Directory.Exists)
            .SelectMany(output => Directory.EnumerateFiles(output, name + ".runtimeconfig.json", SearchOption.AllDirectories))
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .Select(file => Path.Combine(Path.GetDirectoryName(file)!, name + ".dll"))
            .FirstOrDefault();
    }
}
