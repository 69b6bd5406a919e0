using Microsoft.Extensions.Options;

namespace Pamps.ApiService.Features.Comments;

/// <summary>Finds the site that content belongs to.</summary>
internal sealed class CommentSites
{
    private readonly CommentSite _other;

    // Longest first: the most specific site wins.
    private readonly List<(string Start, CommentSite Site)> _starts;

    public CommentSites(IOptions<CommentOptions> options)
    {
        _other = new CommentSite { AllowGuests = options.Value.AllowGuests, Moderated = options.Value.Moderated };
        // A start in another spelling than the canonical one would never match.
        _starts = [.. options.Value.Sites
            .SelectMany(site => site.Content, (site, start) => (Start: ContentId.TryParse(start, out var id) ? id.Value : start, site))
            .OrderByDescending(entry => entry.Start.Length)];
        Origins = [.. options.Value.Sites.SelectMany(site => site.Origins).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The origins of all sites, for routes that name no content.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>The site of a piece of content, or the rules for content of no site.</summary>
    public CommentSite Of(ContentId id) =>
        _starts.FirstOrDefault(entry => Belongs(id.Value, entry.Start)).Site ?? _other;

    /// <summary><c>https://blog.example/docs</c> holds <c>…/docs/a</c> and <c>…/docs?p=1</c>, but not <c>…/docs-old</c>.</summary>
    private static bool Belongs(string id, string start) =>
        id.StartsWith(start, StringComparison.Ordinal)
        && (id.Length == start.Length || !start.StartsWith("https://", StringComparison.Ordinal) || start.EndsWith('/') || id[start.Length] is '/' or '?');
}
