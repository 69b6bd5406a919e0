namespace Pamps.ApiService.Data;

/// <summary>A copy of everything an account owns, made on request.</summary>
internal sealed class AccountExport
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public Account Account { get; set; } = null!;

    /// <summary><c>pending</c>, <c>running</c>, <c>ready</c>, <c>failed</c> or <c>expired</c>.</summary>
    public required string State { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; set; }
}
