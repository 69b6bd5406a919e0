namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named part of the application: a service, a server, a database, a parameter.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application without regard to case.</summary>
    string Name { get; }

    /// <summary>What is known about the resource beyond its name.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
