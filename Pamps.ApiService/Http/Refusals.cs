namespace Pamps.ApiService.Http;

/// <summary>The problem codes that an operation answers with beside those that follow from its form.</summary>
/// <param name="Codes">Values of <see cref="Contracts.ProblemCodes"/>.</param>
internal sealed record Refusals(IReadOnlyList<string> Codes);

internal static class RefusalExtensions
{
    /// <summary>Documents problem codes of an operation; those of credentials, parameters, bodies and limits are known already.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="codes">Values of <see cref="Contracts.ProblemCodes"/>.</param>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Refusals(codes));
}
