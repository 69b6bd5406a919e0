namespace Pamps.ApiService.Data;

/// <summary>An account keeps a post for itself. The id gives lists their order.</summary>
internal sealed class Bookmark
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public Account Account { get; set; } = null!;

    public long PostId { get; set; }

    public Post Post { get; set; } = null!;

    public DateTimeOffset CreatedAt { get; set; }
}
