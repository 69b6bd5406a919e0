namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a command can be chosen.</summary>
public enum ResourceCommandState
{
    /// <summary>Shown and can be chosen.</summary>
    Enabled = 0,

    /// <summary>Shown and cannot be chosen.</summary>
    Disabled = 1,

    /// <summary>Not shown.</summary>
    Hidden = 2,
}
