using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data;

/// <summary>A person or program with a name. The row outlives deletion, so that the name is never given away again.</summary>
internal sealed class Account
{
    public long Id { get; set; }

    /// <summary>Lower case; never changed, never reused.</summary>
    public required string Username { get; set; }

    /// <summary>As given; null once the account is purged.</summary>
    public string? Email { get; set; }

    /// <summary>Lower case, for uniqueness and sign-in.</summary>
    public string? EmailNormalized { get; set; }

    /// <summary>In the format of ASP.NET's <c>PasswordHasher</c>; null once the account is purged.</summary>
    public string? PasswordHash { get; set; }

    public string DisplayName { get; set; } = "";

    public string Bio { get; set; } = "";

    public string? AvatarUrl { get; set; }

    public string[] Links { get; set; } = [];

    public string? Language { get; set; }

    public AccountRole Role { get; set; }

    public bool BillingOperator { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Written at most once an hour; decides whether the home feed is kept in Redis.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }

    public string? SuspensionReason { get; set; }

    /// <summary>When the owner asked to be deleted: hidden at once, purged after the grace time.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public DateTimeOffset? PurgedAt { get; set; }

    /// <summary>Grows with each follow; a feed in Redis with an older version is not trusted.</summary>
    public long FeedVersion { get; set; }

    /// <summary>Kept by a trigger on follows.</summary>
    public int FollowerCount { get; set; }

    /// <summary>Kept by a trigger on follows.</summary>
    public int FollowingCount { get; set; }

    /// <summary>Too many followers to fan out to: its posts are merged when a feed is read. One way, until an administrator rebuilds.</summary>
    public bool PulledFeeds { get; set; }
}
