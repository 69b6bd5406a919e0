namespace Pamps.ApiService.Data;

/// <summary>A hashtag, folded for look-up.</summary>
internal sealed class Tag
{
    public long Id { get; set; }

    /// <summary>Lower case.</summary>
    public required string Name { get; set; }
}

/// <summary>A post carries a tag.</summary>
internal sealed class PostTag
{
    public long PostId { get; set; }

    public Post Post { get; set; } = null!;

    public long TagId { get; set; }

    public Tag Tag { get; set; } = null!;
}
