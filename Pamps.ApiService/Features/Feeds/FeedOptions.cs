using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>How feeds are kept; section <c>Feeds</c>.</summary>
internal sealed class FeedOptions
{
    /// <summary>Posts of a home feed in Redis; older ones come from the database.</summary>
    [Range(1, 10_000)]
    public int Window { get; set; } = 800;

    /// <summary>
    /// Posts read in one go below the first page: who asks for a second page mostly asks for a third, and five pages cost the
    /// database little more than one.
    /// </summary>
    [Range(1, 1_000)]
    public int ReadAhead { get; set; } = 100;

    /// <summary>Followers to whom a post is delivered in one go.</summary>
    [Range(1, 10_000)]
    public int FanOutBatch { get; set; } = 1_000;

    /// <summary>Authors with more followers are not fanned out; their posts are merged when a feed is read.</summary>
    [Range(0, int.MaxValue)]
    public int FanOutFollowersMax { get; set; } = 10_000;

    /// <summary>Readers who follow more accounts have no feed in Redis; the database answers.</summary>
    [Range(0, int.MaxValue)]
    public int FolloweesMax { get; set; } = 12_000;

    /// <summary>Feeds of accounts not seen for so long leave Redis.</summary>
    public TimeSpan PruneAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often to look for such feeds.</summary>
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the lock of a rebuild lasts when its owner dies.</summary>
    public TimeSpan RebuildLock { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Newest posts of the public feed that each replica keeps in memory.</summary>
    [Range(1, 100_000)]
    public int PublicWindow { get; set; } = 4_000;

    /// <summary>False answers every home feed from the database, as while Redis is away.</summary>
    public bool UseRedis { get; set; } = true;
}
