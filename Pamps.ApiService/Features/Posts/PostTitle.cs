using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Posts;

/// <summary>The optional title of a post: one line.</summary>
internal static class PostTitle
{
    public static string Rule { get; } = $"Must be one line of at most {PostLimits.TitleMax} characters of valid Unicode.";

    /// <summary>A blank title is none.</summary>
    public static bool TryClean(string? input, out string? title)
    {
        title = null;
        if (input is null)
        {
            return true;
        }

        if (!PostText.TryClean(input, out var clean) || clean.Length > PostLimits.TitleMax || clean.Contains('\n', StringComparison.Ordinal))
        {
            return false;
        }

        title = clean.Length == 0 ? null : clean;
        return true;
    }
}
