using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for resource names: they become host names, environment variables and folders.</summary>
internal static partial class ResourceName
{
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > 64 || !Pattern().IsMatch(name))
        {
            throw new ArgumentException(
                $"Resource name '{name}' is invalid. It must be 1 to 64 ASCII letters, digits and hyphens, start with a letter, and have neither two hyphens in a row nor one at the end.",
                nameof(name));
        }
    }

    /// <summary>The prefix of the environment variables that a reference to this name injects.</summary>
    public static string EnvironmentPrefix(string name)
    {
        var upper = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return upper.Length > 0 && char.IsAsciiDigit(upper[0]) ? "_" + upper : upper;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
