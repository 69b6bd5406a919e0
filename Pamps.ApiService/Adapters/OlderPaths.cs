namespace Pamps.ApiService.Adapters;

/// <summary>Where the older APIs live. What is below these paths speaks their dialect, also where no route matches.</summary>
internal static class OlderPaths
{
    private static readonly PathString[] Starts =
        ["/token", "/refresh_token", "/user", "/post", "/login", "/users", "/posts", "/vote", "/api/comment", "/blog", "/process-file", "/webhook"];

    /// <summary>Whether a path belongs to an older API.</summary>
    /// <param name="path">The path of a request.</param>
    public static bool Contains(PathString path) => Starts.Any(start => path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase));
}
