namespace Pamps.ApiService.Features.Accounts;

/// <summary>Times of exports and deletion. Section <c>Accounts</c>.</summary>
internal sealed class AccountOptions
{
    /// <summary>A deleted account can come back for so long, by signing in.</summary>
    public TimeSpan DeletionGrace { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A finished export can be fetched for so long.</summary>
    public TimeSpan ExportKept { get; set; } = TimeSpan.FromDays(7);

    /// <summary>One export in so much time.</summary>
    public TimeSpan ExportInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Rows in one step of an export or an erasure.</summary>
    public int StepRows { get; set; } = 500;

    /// <summary>How often accounts are looked for whose grace time is over.</summary>
    public TimeSpan PurgeInterval { get; set; } = TimeSpan.FromHours(1);
}
