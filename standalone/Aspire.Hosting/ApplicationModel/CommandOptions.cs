namespace Aspire.Hosting.ApplicationModel;

/// <summary>Settings of a command.</summary>
public class CommandOptions
{
    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>A question that is asked first.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>The name of its icon.</summary>
    public string? IconName { get; set; }

    /// <summary>The look of its icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown in the list itself, not only in the menu.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Says whether it can be chosen; it is called on every change of the resource.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}
