using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>The entry point of an AppHost, running on a thread of its own with a hook that the builder sees.</summary>
internal sealed class AppHostEntryPoint
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly EntryPointHook _hook;
    private readonly Task _ended;

    public AppHostEntryPoint(Assembly appHost, string[] args)
    {
        var main = appHost.EntryPoint ?? throw new InvalidOperationException($"The assembly '{appHost.GetName().Name}' has no entry point.");
        var folder = appHost.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => string.Equals(a.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase))?.Value
            ?? throw new InvalidOperationException($"The assembly '{appHost.GetName().Name}' does not say where its project is; is it an AppHost?");
        _hook = new EntryPointHook { ProjectFolder = folder, AppHost = appHost };
        _ended = RunAsync(main, args);
    }

    /// <summary>Completes with the builder when the description is complete, or fails as the entry point did.</summary>
    public Task<DistributedApplicationBuilder> DescribedAsync(CancellationToken cancellationToken) =>
        _hook.Described.Task.WaitAsync(Limit, cancellationToken);

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _hook.MayBuild.TrySetResult();
        return _hook.Built.Task.WaitAsync(Limit, cancellationToken);
    }

    /// <summary>Lets the entry point return, wherever it waits.</summary>
    public async Task EndAsync()
    {
        _hook.MayBuild.TrySetException(new OperationCanceledException("The test has given the application up."));
        _hook.MayReturn.TrySetResult();
        await _ended.ConfigureAwait(false);
    }

    private Task RunAsync(MethodInfo main, string[] args)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            EntryPointHook.Current = _hook;
            try
            {
                object?[] arguments = main.GetParameters().Length == 0 ? [] : [args];
                if (main.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null) is Task running)
                {
                    running.GetAwaiter().GetResult();
                }

                Fail(new InvalidOperationException("The entry point returned without building an application."));
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
            finally
            {
                ended.SetResult();
            }
        })
        {
            IsBackground = true,
            Name = "AppHost entry point",
        };
        thread.Start();
        return ended.Task;
    }

    // Whoever waits gets the exception; once the application is built nobody does, and it has been seen there.
    private void Fail(Exception exception)
    {
        _hook.Described.TrySetException(exception);
        _hook.Built.TrySetException(exception);
        _ = _hook.Built.Task.Exception;
    }
}
