namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter without a configured value takes one from.</summary>
public abstract class ParameterDefault
{
    /// <summary>Gives the value.</summary>
    public abstract string GetDefaultValue();
}
