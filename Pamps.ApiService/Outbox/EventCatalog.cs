using System.Collections.Frozen;
using System.Text.Json;

namespace Pamps.ApiService.Outbox;

/// <summary>The events by name, and how they are written down.</summary>
internal static class EventCatalog
{
    private static readonly FrozenDictionary<string, Type> Types = typeof(IEvent).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEvent)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static string NameOf(IEvent e) => e.GetType().Name;

    public static string Write(IEvent e) => JsonSerializer.Serialize(e, e.GetType(), JsonSerializerOptions.Web);

    /// <summary>Null for a name that this version does not know.</summary>
    public static IEvent? Read(string name, string payload) =>
        Types.TryGetValue(name, out var type) ? (IEvent?)JsonSerializer.Deserialize(payload, type, JsonSerializerOptions.Web) : null;
}
