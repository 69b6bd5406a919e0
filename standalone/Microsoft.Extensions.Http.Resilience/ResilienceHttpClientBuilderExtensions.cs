using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes HTTP clients resilient.</summary>
public static class ResilienceHttpClientBuilderExtensions
{
    /// <summary>Adds the standard pipeline: limit of requests at once, total time, repetition, circuit breaker, time of an attempt.</summary>
    /// <param name="builder">The client.</param>
    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Clients that share their defaults have no name, and one pipeline.
        var name = string.IsNullOrEmpty(builder.Name) ? "standard" : $"{builder.Name}-standard";
        builder.Services.AddOptionsWithValidateOnStart<HttpStandardResilienceOptions>(name).Validate(
            options =>
                options.AttemptTimeout.Timeout <= options.TotalRequestTimeout.Timeout &&
                options.CircuitBreaker.SamplingDuration >= 2 * options.AttemptTimeout.Timeout,
            "An attempt must not take longer than the request, nor than half of the circuit breaker's sampling duration.");
        builder.Services.TryAddKeyedSingleton(name, (services, _) =>
            StandardPipeline(services.GetRequiredService<IOptionsMonitor<HttpStandardResilienceOptions>>().Get(name)));

        // The pipeline's own limits hold; the client's 100 seconds would cut longer ones off.
        builder.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        builder.AddHttpMessageHandler(services =>
            new ResilienceHandler(services.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(name)));

        return new StandardPipelineBuilder(name, builder.Services);
    }

    /// <summary>Adds the standard pipeline and changes its options.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Receives the options.</param>
    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(
        this IHttpClientBuilder builder, Action<HttpStandardResilienceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var pipeline = builder.AddStandardResilienceHandler();
        pipeline.Services.Configure(pipeline.PipelineName, configure);
        return pipeline;
    }

    private static ResiliencePipeline<HttpResponseMessage> StandardPipeline(HttpStandardResilienceOptions options) =>
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddStrategy(_ => new ConcurrencyStrategy(permits: 1000))
            .AddTimeout(options.TotalRequestTimeout)
            .AddRetry(options.Retry)
            .AddCircuitBreaker(options.CircuitBreaker)
            .AddTimeout(options.AttemptTimeout)
            .Build();

    private sealed record StandardPipelineBuilder(string PipelineName, IServiceCollection Services) : IHttpStandardResiliencePipelineBuilder;
}
