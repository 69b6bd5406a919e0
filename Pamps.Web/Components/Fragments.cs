namespace Pamps.Web.Components;

/// <summary>
/// A script that needs a part of a page asks for the page's own address with this header and gets the content without
/// the document and the frame around it: one address, one component, no second template.
/// </summary>
internal static class Fragments
{
    /// <summary>The header.</summary>
    public const string Header = "Pamps-Fragment";

    /// <summary>Whether only the content is asked for.</summary>
    public static bool IsAsked(HttpRequest request) => request.Headers.ContainsKey(Header);
}
