namespace Pamps.ApiService.Features.Search;

/// <summary>Patterns of SQL's LIKE.</summary>
internal static class LikePattern
{
    /// <summary>Takes their meaning from the special characters.</summary>
    public static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
