namespace Pamps.ApiService.Data;

/// <summary>Makes lines of the audit log; they are saved with the change they tell of.</summary>
internal static class Audit
{
    /// <summary>A new line.</summary>
    /// <param name="action">What was done, such as <c>account.suspend</c>.</param>
    /// <param name="target">To what, such as <c>account:42</c>.</param>
    /// <param name="actorId">Who did it; null for the system and the command line.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public static AuditEntry Entry(string action, string target, long? actorId, string? reason, DateTimeOffset now) =>
        new() { Action = action, Target = target, ActorId = actorId, Reason = reason, CreatedAt = now };
}
