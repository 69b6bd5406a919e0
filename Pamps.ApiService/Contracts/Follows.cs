namespace Pamps.ApiService.Contracts;

/// <summary>How the caller and an account stand to each other.</summary>
/// <param name="AccountId">The other account.</param>
/// <param name="Following">The caller follows it.</param>
/// <param name="FollowedBy">It follows the caller.</param>
/// <param name="Blocking">The caller blocks it.</param>
/// <param name="Muting">The caller mutes it.</param>
public sealed record Relationship(string AccountId, bool Following, bool FollowedBy, bool Blocking, bool Muting);

/// <summary>The relation after a follow, block or mute, or its removal.</summary>
/// <param name="Relationship">How the two stand now.</param>
/// <param name="FollowerCount">How many follow the account.</param>
/// <param name="Changed">False when it already was so.</param>
public sealed record RelationshipResponse(Relationship Relationship, int FollowerCount, bool Changed);
