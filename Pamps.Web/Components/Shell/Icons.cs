using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace Pamps.Web.Components.Shell;

/// <summary>
/// Drawings from the sheet of icons, as ready markup: a page of posts has two hundred, and a component for each costs more
/// than everything else in the page. The names come from our own pages, never from a visitor.
/// </summary>
internal static class Icons
{
    private static readonly ConcurrentDictionary<(string Sheet, string Name, string? Css), MarkupString> Drawn = new();

    /// <summary>One drawing. It says nothing by itself: the words stand beside it.</summary>
    /// <param name="assets">Knows the address of the sheet.</param>
    /// <param name="name">The symbol's name.</param>
    /// <param name="css">A further class.</param>
    public static MarkupString Icon(this ResourceAssetCollection assets, string name, string? css = null) =>
        Drawn.GetOrAdd((assets["icons.svg"], name, css), static key => new(
            $"<svg class=\"icon{(key.Css is null ? "" : " " + key.Css)}\" aria-hidden=\"true\"><use href=\"/{key.Sheet}#{key.Name}\"/></svg>"));
}
