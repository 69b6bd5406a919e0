using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pamps.ApiService.Contracts;

/// <summary>Writes an enumeration as camel-case words and reads nothing else: numbers would tie clients to an order.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
