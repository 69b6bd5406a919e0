namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource together with the application it is added to; the methods of the app model extend it.</summary>
/// <typeparam name="T">The type of the resource. It is covariant, so a project is accepted where any resource is.</typeparam>
public interface IResourceBuilder<out T>
    where T : IResource
{
    /// <summary>The builder of the application.</summary>
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    /// <summary>The resource.</summary>
    T Resource { get; }

    /// <summary>Adds a piece of knowledge about the resource.</summary>
    /// <param name="annotation">What to add.</param>
    /// <param name="behavior">Whether earlier annotations of the same type stay.</param>
    IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation;
}
