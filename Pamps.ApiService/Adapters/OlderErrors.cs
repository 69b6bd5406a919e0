using System.Text.Json.Nodes;

namespace Pamps.ApiService.Adapters;

/// <summary>What is wrong with a request, in the shape that older clients parse: <c>loc</c>, <c>msg</c>, <c>type</c>, and <c>ctx</c> for a bound.</summary>
internal sealed class OlderErrors
{
    /// <summary>The type of what is not there.</summary>
    public const string Missing = "value_error.missing";

    /// <summary>The list as it is sent.</summary>
    public JsonArray List { get; } = [];

    /// <summary>How many there are.</summary>
    public int Count => List.Count;

    /// <summary>Adds one.</summary>
    /// <param name="location"><c>path</c>, <c>query</c> or <c>body</c>, then the name.</param>
    /// <param name="message">The message.</param>
    /// <param name="type">The type.</param>
    /// <param name="position">Where in the text of the body, in bytes.</param>
    /// <param name="limit">The bound that was broken.</param>
    public void Add(ReadOnlySpan<string> location, string message, string type, int? position = null, long? limit = null)
    {
        var loc = new JsonArray();
        foreach (var step in location)
        {
            loc.Add(step);
        }

        if (position is { } offset)
        {
            loc.Add(offset);
        }

        var error = new JsonObject { ["loc"] = loc, ["msg"] = message, ["type"] = type };
        if (limit is { } bound)
        {
            error["ctx"] = new JsonObject { ["limit_value"] = bound };
        }

        List.Add(error);
    }
}
