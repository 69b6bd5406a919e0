namespace Pamps.ApiService.Contracts;

/// <summary>The state after a like or its removal.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Liked">Whether the caller likes it now.</param>
/// <param name="LikeCount">How many like it.</param>
/// <param name="Changed">False when it already was so.</param>
public sealed record LikeResponse(string PostId, bool Liked, int LikeCount, bool Changed);
