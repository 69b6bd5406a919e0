using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Restricts repetition to some methods.</summary>
[Experimental("EXTEXP0001", UrlFormat = "https://aka.ms/dotnet-extensions-warnings/{0}")]
public static class HttpRetryStrategyOptionsExtensions
{
    /// <summary>Never repeats POST, PATCH, PUT, DELETE and CONNECT.</summary>
    /// <param name="options">The repetition to restrict.</param>
    public static void DisableForUnsafeHttpMethods(this HttpRetryStrategyOptions options) =>
        options.DisableFor(HttpMethod.Delete, HttpMethod.Post, HttpMethod.Put, HttpMethod.Connect, HttpMethod.Patch);

    /// <summary>Never repeats requests with these methods.</summary>
    /// <param name="options">The repetition to restrict.</param>
    /// <param name="methods">The methods.</param>
    public static void DisableFor(this HttpRetryStrategyOptions options, params HttpMethod[] methods)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(methods);

        var shouldHandle = options.ShouldHandle;
        options.ShouldHandle = async arguments =>
            await shouldHandle(arguments) &&
            // A failure without a response has no request either: the handler put it into the context.
            !(arguments.Context.Properties.TryGetValue(ResilienceHandler.Request, out var request) && methods.Contains(request.Method));
    }
}
