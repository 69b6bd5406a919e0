namespace Pamps.ApiService.Http;

/// <summary>The languages of messages.</summary>
internal static class Languages
{
    /// <summary>English, also for everybody who asks for another language.</summary>
    public const string English = "en";

    /// <summary>Brazilian Portuguese.</summary>
    public const string Portuguese = "pt-BR";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Portuguese, English];

    /// <summary>The language that the client ranks first among ours (RFC 9110 §12.5.4).</summary>
    /// <param name="request">The request.</param>
    public static string Of(HttpRequest request)
    {
        var best = English;
        var quality = 0.0;
        foreach (var wish in request.GetTypedHeaders().AcceptLanguage)
        {
            var language = Known(wish.Value.Value);
            if (language is not null && (wish.Quality ?? 1) > quality)
            {
                best = language;
                quality = wish.Quality ?? 1;
            }
        }

        return best;
    }

    /// <summary>Our name of a language tag, or null.</summary>
    /// <param name="tag">A BCP 47 tag.</param>
    public static string? Known(string? tag) => tag switch
    {
        null => null,
        _ when tag.StartsWith("pt", StringComparison.OrdinalIgnoreCase) => Portuguese,
        _ when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => English,
        _ => null,
    };
}
