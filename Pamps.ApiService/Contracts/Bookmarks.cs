namespace Pamps.ApiService.Contracts;

/// <summary>The state after a bookmark or its removal.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Bookmarked">Whether the caller has it bookmarked now.</param>
/// <param name="Changed">False when it already was so.</param>
public sealed record BookmarkResponse(string PostId, bool Bookmarked, bool Changed);
