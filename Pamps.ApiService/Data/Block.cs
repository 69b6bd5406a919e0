namespace Pamps.ApiService.Data;

/// <summary>Two accounts do not exist for each other; one of them wished it so.</summary>
internal sealed class Block
{
    public long Id { get; set; }

    public long BlockerId { get; set; }

    public Account Blocker { get; set; } = null!;

    public long BlockedId { get; set; }

    public Account Blocked { get; set; } = null!;

    public DateTimeOffset CreatedAt { get; set; }
}
