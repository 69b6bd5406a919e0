namespace Pamps.ApiService.Data;

/// <summary>One account reads another's posts in its home feed. The id gives lists their order.</summary>
internal sealed class Follow
{
    public long Id { get; set; }

    public long FollowerId { get; set; }

    public Account Follower { get; set; } = null!;

    public long FolloweeId { get; set; }

    public Account Followee { get; set; } = null!;

    public DateTimeOffset CreatedAt { get; set; }
}
