namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a piece of knowledge about a resource.</summary>
public interface IResourceAnnotation;
