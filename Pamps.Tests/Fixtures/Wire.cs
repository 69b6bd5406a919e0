using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pamps.Tests.Fixtures;

/// <summary>How tests read and write JSON: as a client of the API would, without the API's own serializer settings.</summary>
public static class Wire
{
    /// <summary>camelCase names, enums as camelCase words.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
