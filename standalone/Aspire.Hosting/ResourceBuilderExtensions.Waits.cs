using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource only when another one runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy, exitCode: 0, waitBehavior: null);

    /// <summary>Starts the resource only when another one runs and is healthy.</summary>
    /// <param name="builder">The resource that waits.</param>
    /// <param name="dependency">The resource it waits for.</param>
    /// <param name="waitBehavior">What happens when the dependency cannot become available.</param>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy, exitCode: 0, waitBehavior);

    /// <summary>Starts the resource only when another one has ended.</summary>
    /// <param name="builder">The resource that waits.</param>
    /// <param name="dependency">The resource it waits for.</param>
    /// <param name="exitCode">The exit code that counts as success.</param>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitForCompletion, exitCode, waitBehavior: null);

    /// <summary>Starts the resource only when someone asks for it.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ExplicitStartupAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<T> Wait<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitType waitType, int exitCode, WaitBehavior? waitBehavior)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dependency);
        if (dependency.Resource is IResource self && ReferenceEquals(self, builder.Resource))
        {
            throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.");
        }

        if (builder.Resource is IResourceWithParent child && child.Parent == dependency.Resource)
        {
            throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for its parent '{child.Parent.Name}'.");
        }

        // A database is there only when its server is.
        if (dependency.Resource is IResourceWithParent { Parent: var parent } && waitType == WaitType.WaitUntilHealthy && !ReferenceEquals(parent, builder.Resource))
        {
            builder.WithAnnotation(new WaitAnnotation(parent, waitType, exitCode) { WaitBehavior = waitBehavior });
        }

        return builder
            .WithAnnotation(new ResourceRelationshipAnnotation(dependency.Resource, "WaitFor"))
            .WithAnnotation(new WaitAnnotation(dependency.Resource, waitType, exitCode) { WaitBehavior = waitBehavior });
    }
}
