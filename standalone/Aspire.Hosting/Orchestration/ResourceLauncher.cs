using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Orchestration;

/// <summary>Says what process to start for a resource.</summary>
internal sealed class ResourceLauncher(ResourceEnvironment environment, AppHostStorage storage, ProcessKeeper keeper, Assembly? appHost, TimeProvider clock)
{
    /// <summary>Whether the resource runs as a process of ours.</summary>
    public static bool HasProcess(IResource resource) =>
        resource is ProjectResource or ExecutableResource || resource.Annotations.OfType<LocalProcessAnnotation>().Any();

    public async Task<Launch> PrepareAsync(
        IResource resource, EndpointAllocation endpoints, int replica, string instanceId, ResourceLog log, CancellationToken cancellationToken)
    {
        var (all, fromModel) = await environment.BuildAsync(resource, endpoints, replica, instanceId, cancellationToken).ConfigureAwait(false);
        var arguments = await ResourceEnvironment.ArgumentsAsync(resource, cancellationToken).ConfigureAwait(false);
        if (resource.Annotations.OfType<LocalProcessAnnotation>().LastOrDefault() is { } local)
        {
            var context = new LocalProcessContext(storage, keeper, log, all, clock, cancellationToken);
            return new Launch(await local.Prepare(context).ConfigureAwait(false), fromModel);
        }

        return resource switch
        {
            ProjectResource project => new Launch(Project(project, arguments, all), fromModel),
            ExecutableResource executable => new Launch(Executable(executable, arguments, all), fromModel),
            _ => throw new DistributedApplicationException($"Resource '{resource.Name}' is not a process."),
        };
    }

    /// <summary>How the resource is called in lists.</summary>
    public static string Source(IResource resource) => resource switch
    {
        _ when resource.Annotations.OfType<LocalProcessAnnotation>().LastOrDefault() is { Source: { } source } => source,
        ProjectResource => Path.GetFileName(resource.Annotations.OfType<IProjectMetadata>().LastOrDefault()?.ProjectPath ?? ""),
        ExecutableResource executable => executable.Command,
        _ when resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() is { } image => $"{image.Image}:{image.Tag}",
        _ => "",
    };

    // The built assembly itself, not `dotnet run`: signals reach it directly and no second process hangs around.
    private ProcessSpec Project(ProjectResource project, List<string> arguments, Dictionary<string, string> all)
    {
        var assembly = ProjectOutput.FindAssembly(project, appHost);
        var folder = Path.GetDirectoryName(project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath)!;
        return new ProcessSpec(ExecutableFinder.Dotnet(), [assembly, .. arguments], folder) { Environment = all };
    }

    private static ProcessSpec Executable(ExecutableResource executable, List<string> arguments, Dictionary<string, string> all)
    {
        var relative = Path.GetFullPath(Path.Combine(executable.WorkingDirectory, executable.Command));
        var file = executable.Command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? relative
            : ExecutableFinder.InPath(executable.Command) ?? (File.Exists(relative) ? relative : null);
        return file is null
            ? throw new DistributedApplicationException($"The command '{executable.Command}' of resource '{executable.Name}' was not found in PATH.")
            : new ProcessSpec(file, arguments, executable.WorkingDirectory) { Environment = all };
    }
}

/// <summary>A process to start, and the part of its environment that comes from the model.</summary>
internal sealed record Launch(ProcessSpec Process, IReadOnlyDictionary<string, string> Environment);
