using System.Text.Json.Serialization;

namespace Pamps.ApiService.Adapters;

/// <summary>The body of an error of an older API.</summary>
/// <param name="Detail">What went wrong, for people; older clients compare it.</param>
internal sealed record OlderDetail([property: JsonPropertyName("detail")] string Detail);

/// <summary>The body of a 422 of an older API, for its document; <see cref="OlderInput"/> writes it.</summary>
/// <param name="Detail">All that is wrong.</param>
internal sealed record OlderValidation([property: JsonPropertyName("detail")] IReadOnlyList<OlderError> Detail);

/// <summary>One thing that is wrong.</summary>
/// <param name="Location">Where: <c>body</c>, <c>path</c> or <c>query</c>, then the name.</param>
/// <param name="Message">What, for people.</param>
/// <param name="Type">What, for programs.</param>
internal sealed record OlderError(
    [property: JsonPropertyName("loc")] IReadOnlyList<string> Location,
    [property: JsonPropertyName("msg")] string Message,
    [property: JsonPropertyName("type")] string Type);
