using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>axe-core, which finds what a program can find of the barriers in a page.</summary>
internal static class Axe
{
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>Looks at the page as it is now.</summary>
    /// <param name="page">The page.</param>
    /// <returns>Each violation of WCAG 2.2 AA with its element; nothing when there is none.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        // Evaluated, not added as a tag: the site's policy lets no foreign script in.
        await page.EvaluateAsync("source => { if (!window.axe) (0, eval)(source); }", Script.Value);
        var result = await page.EvaluateAsync<JsonElement>("tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })", Tags);
        return [.. result.GetProperty("violations").EnumerateArray().SelectMany(violation => violation.GetProperty("nodes").EnumerateArray()
            .Select(node => $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}"))];
    }
}
