using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from configuration, or is generated.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <summary>Describes a parameter.</summary>
    /// <param name="name">The name; the configuration key is <c>Parameters:{name}</c>.</param>
    /// <param name="callback">Gives the value.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Secret = secret;
        _value = new Lazy<string>(() => callback(Default));
    }

    /// <summary>Whether it must not be shown.</summary>
    public bool Secret { get; }

    /// <summary>Where the value comes from when the configuration has none.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>The expression in a manifest.</summary>
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>The configuration key of the value.</summary>
    internal string ConfigurationKey => $"Parameters:{Name}";

    /// <summary>The value; throws when there is none.</summary>
    internal string Resolved => _value.Value;

    /// <summary>Gives the value.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);

    /// <summary>Looks the value up as an environment variable may name it: a hyphen may be an underscore.</summary>
    internal static string? Configured(IConfiguration configuration, string name) =>
        configuration[$"Parameters:{name}"] ?? configuration[$"Parameters:{name.Replace('-', '_')}"];
}
