namespace Pamps.ApiService.Data;

/// <summary>What somebody with rights did; only ever added to.</summary>
internal sealed class AuditEntry
{
    public long Id { get; set; }

    /// <summary>Null for the system and the command line.</summary>
    public long? ActorId { get; set; }

    public Account? Actor { get; set; }

    /// <summary>Such as <c>account.suspend</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Such as <c>account:42</c>.</summary>
    public required string Target { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
