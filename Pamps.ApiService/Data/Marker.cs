namespace Pamps.ApiService.Data;

/// <summary>How far an account has read a feed.</summary>
internal sealed class Marker
{
    public long AccountId { get; set; }

    public Account Account { get; set; } = null!;

    public required string Feed { get; set; }

    public long LastReadId { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
