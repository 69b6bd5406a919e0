using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace Pamps.Web.Components.Shell;

/// <summary>
/// Drawings, as ready markup: a page of posts has two hundred, and a component for each costs more than everything else in
/// the page. The style sheet draws them, since a browser keeps six nodes and more for each that stands in the page as SVG.
/// The names come from our own pages, never from a visitor.
/// </summary>
internal static class Icons
{
    private static readonly ConcurrentDictionary<(string Name, string? Css), MarkupString> Drawn = new();

    /// <summary>One drawing. It says nothing by itself: the words stand beside it.</summary>
    /// <param name="name">Its name in the style sheet, without <c>icon-</c>.</param>
    /// <param name="css">A further class.</param>
    public static MarkupString Of(string name, string? css = null) =>
        Drawn.GetOrAdd((name, css), static key => new($"<span class=\"icon icon-{key.Name}{(key.Css is null ? "" : " " + key.Css)}\" aria-hidden=\"true\"></span>"));
}
