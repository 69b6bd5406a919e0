namespace Pamps.ApiService.Projections;

/// <summary>
/// How long a copy in this process's memory may be used. Changes made here end copies at once. While changes of other
/// replicas are heard too, a copy only ages for safety's sake; while they are not, it serves one second, which is what
/// one replica may then lag behind another.
/// </summary>
internal sealed class CopyTrust(TimeProvider clock)
{
    private static readonly TimeSpan WhileHeard = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileDeaf = TimeSpan.FromSeconds(1);

    /// <summary>Asks whether changes of other replicas are heard; always so when there is only one.</summary>
    public Func<bool> IsHeard { get; set; } = () => false;

    /// <summary>Whether a copy made at that timestamp may still be used.</summary>
    public bool Allows(long timestamp) => clock.GetElapsedTime(timestamp) < (IsHeard() ? WhileHeard : WhileDeaf);
}
