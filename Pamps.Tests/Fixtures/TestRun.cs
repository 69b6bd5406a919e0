using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Pamps.Tests.Fixtures.TestRun", "Pamps.Tests")]
[assembly: TestCollectionOrderer("Pamps.Tests.Fixtures.LongestFirst", "Pamps.Tests")]

namespace Pamps.Tests.Fixtures;

/// <summary>
/// The run as a whole. xunit v2 has fixtures for classes and collections only; this adds what is shared by all of them
/// (the app model, the browser) and is disposed once, before the run reports its end, so that nothing stays running.
/// It also turns <see cref="PrerequisiteMissingException"/> into a skipped test, which v2 cannot do by itself.
/// </summary>
public sealed class TestRun(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    private static readonly Stack<IAsyncDisposable> Shared = new();

    /// <summary>Keeps something for the whole run; the last one kept is disposed first.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="resource">What to dispose at the end.</param>
    public static T Keep<T>(T resource)
        where T : IAsyncDisposable
    {
        lock (Shared)
        {
            Shared.Push(resource);
        }

        return resource;
    }

    /// <inheritdoc />
    protected override ITestFrameworkExecutor CreateExecutor(System.Reflection.AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private static async Task DisposeSharedAsync()
    {
        while (true)
        {
            IAsyncDisposable resource;
            lock (Shared)
            {
                if (!Shared.TryPop(out resource!))
                {
                    return;
                }
            }

            await resource.DisposeAsync();
        }
    }

    private sealed class Executor(System.Reflection.AssemblyName name, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(name, sources, diagnostics)
    {
        // The signature is xunit's; the base class does the same.
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly,
        IEnumerable<IXunitTestCase> testCases,
        IMessageSink diagnostics,
        IMessageSink execution,
        ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, testCases, diagnostics, execution, options)
    {
        protected override IMessageBus CreateMessageBus() => new SkippingMessageBus(base.CreateMessageBus());

        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await base.BeforeTestAssemblyFinishedAsync();
            await Aggregator.RunAsync(DisposeSharedAsync);
        }
    }

    private sealed class SkippingMessageBus(IMessageBus inner) : IMessageBus
    {
        public bool QueueMessage(IMessageSinkMessage message) => inner.QueueMessage(
            message is ITestFailed failed && Missing(failed) is { } reason ? new TestSkipped(failed.Test, reason) : message);

        public void Dispose() => inner.Dispose();

        // A fixture's exception arrives wrapped, so every one of the chain is looked at.
        private static string? Missing(ITestFailed failed)
        {
            var index = Array.IndexOf(failed.ExceptionTypes, typeof(PrerequisiteMissingException).FullName);
            return index < 0 || PrerequisiteMissingException.MustFail ? null : failed.Messages[index];
        }
    }
}
