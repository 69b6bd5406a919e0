using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Tests.Fixtures;

/// <summary>How the API of a test class differs from the product: configuration, clock, services.</summary>
public sealed class ApiSettings
{
    private readonly Dictionary<string, string?> _values = [];

    /// <summary>The clock of the API; the system's when not set. A <see cref="ManualTimeProvider"/> stands still until advanced.</summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>Changes the API's services, after its own registrations.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>Whether the API reaches Redis through <see cref="ApiFixture.RedisGate"/>.</summary>
    public bool GateRedis { get; set; }

    /// <summary>Whether the API reaches Postgres through <see cref="ApiFixture.PostgresGate"/>.</summary>
    public bool GatePostgres { get; set; }

    internal IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>A configuration value, such as <c>Feeds:Window</c>.</summary>
    /// <param name="key">The key, with colons.</param>
    public string? this[string key]
    {
        get => _values.GetValueOrDefault(key);
        set => _values[key] = value;
    }
}
