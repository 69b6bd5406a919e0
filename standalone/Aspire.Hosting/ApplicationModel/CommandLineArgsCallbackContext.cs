namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback needs to add command-line arguments to a resource that is about to start.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments; each is a string or something that has a value once the application runs.</summary>
    public IList<object> Args { get; } = args ?? throw new ArgumentNullException(nameof(args));

    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Ends when the start of the resource is given up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
