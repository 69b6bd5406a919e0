namespace Pamps.ApiService.Data;

/// <summary>The claim of a request that may be repeated, and its answer once there is one.</summary>
internal sealed class IdempotencyKey
{
    public long AccountId { get; set; }

    public required string Route { get; set; }

    public required string Key { get; set; }

    /// <summary>SHA-256 of method, path, query and body.</summary>
    public required byte[] RequestHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Until then the first request has the right to finish.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public byte[]? Body { get; set; }
}
