namespace Pamps.ApiService.Http;

/// <summary>The problem codes that an operation answers with beside those that follow from its form.</summary>
/// <param name="Codes">Values of <see cref="Contracts.ProblemCodes"/>.</param>
internal sealed record Refusals(IReadOnlyList<string> Codes);

/// <summary>Marks an operation whose address holds free text: whatever it says, there is an answer, if an empty one.</summary>
internal sealed record FindsAnything;

internal static class RefusalExtensions
{
    /// <summary>Documents that the operation never answers 404, although its address has a parameter.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    public static TBuilder FindsAnything<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new FindsAnything());

    /// <summary>Documents problem codes of an operation; those of credentials, parameters, bodies and limits are known already.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="codes">Values of <see cref="Contracts.ProblemCodes"/>.</param>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Refusals(codes));
}
