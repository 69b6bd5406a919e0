using Microsoft.AspNetCore.WebUtilities;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Components.Feeds;

/// <summary>Which page of a list an address asks for, and the address of the next.</summary>
internal static class PageAddress
{
    private static readonly string[] Paging = ["max_id", "min_id", "since_id", "cursor"];

    /// <summary>Reads the page from the address.</summary>
    public static PageRequest PageOf(this Visitor visitor)
    {
        var query = visitor.Context.Request.Query;
        return new(Value("max_id"), Value("min_id"), Value("since_id"), Value("cursor"));

        string? Value(string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
    }

    /// <summary>The following page of a list in the order of ids, or null at the end.</summary>
    public static string? NextById(this Visitor visitor, Page<PostResponse> page) =>
        page.NextCursor is null || page.Items.Count == 0 ? null : visitor.With("max_id", page.Items[^1].Id);

    /// <summary>The following page of a list in another order, or null at the end.</summary>
    public static string? NextByCursor(this Visitor visitor, string? cursor) =>
        cursor is null ? null : visitor.With("cursor", cursor);

    private static string With(this Visitor visitor, string name, string value)
    {
        var request = visitor.Context.Request;
        var others = request.Query
            .Where(parameter => !Paging.Contains(parameter.Key))
            .SelectMany(parameter => parameter.Value, (parameter, text) => KeyValuePair.Create(parameter.Key, text));
        return QueryHelpers.AddQueryString(request.Path, [.. others, KeyValuePair.Create(name, (string?)value)]);
    }
}
