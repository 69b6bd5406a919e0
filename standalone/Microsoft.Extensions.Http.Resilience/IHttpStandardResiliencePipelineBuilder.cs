using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>The standard pipeline of an HTTP client.</summary>
public interface IHttpStandardResiliencePipelineBuilder
{
    /// <summary>The name of the pipeline and of its options.</summary>
    string PipelineName { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }
}
