using System.Text.Json.Serialization;

namespace Pamps.ApiService.Adapters;

/// <summary>The body of an error of an older API.</summary>
/// <param name="Detail">What went wrong, for people; older clients compare it.</param>
internal sealed record OlderDetail([property: JsonPropertyName("detail")] string Detail);
