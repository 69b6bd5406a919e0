namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource starts only when someone asks for it.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;
