namespace Aspire.Hosting.Testing;

/// <summary>Starts AppHosts in tests.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of an AppHost up to the end of its description.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.My_AppHost</c>.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs the entry point of an AppHost up to the end of its description.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.My_AppHost</c>.</typeparam>
    /// <param name="args">The command-line arguments of the AppHost.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(args);
        var entryPoint = new AppHostEntryPoint(typeof(TEntryPoint).Assembly, args);
        return new SuspendedAppHost(entryPoint, await entryPoint.DescribedAsync(cancellationToken).ConfigureAwait(false));
    }
}
