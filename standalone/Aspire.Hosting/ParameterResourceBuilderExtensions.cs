using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds values that come from configuration or are generated.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is <c>Parameters:{name}</c> of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddParameter(new ParameterResource(
            name,
            _ => ParameterResource.Configured(builder.Configuration, name) ?? throw Missing(name),
            secret));
    }

    /// <summary>Adds a parameter with a value, which the configuration may replace.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether a deployment gets the value.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with a value, which the configuration may replace.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="valueGetter">Gives the value.</param>
    /// <param name="publishValueAsDefault">Whether a deployment gets the value.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));
        }

        return builder.AddParameter(new ParameterResource(
            name,
            _ => ParameterResource.Configured(builder.Configuration, name) ?? valueGetter(),
            secret));
    }

    /// <summary>Adds a parameter whose value is made when the configuration has none.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="value">Makes the value.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <param name="persist">Whether the same value is used in the next run.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameter(Generated(builder, name, value, secret, persist));
    }

    /// <summary>The password that a server has when none was given; it is kept, because the data of the server is.</summary>
    internal static ParameterResource DefaultPassword(this IDistributedApplicationBuilder builder, string name, bool special = true)
    {
        var password = Generated(builder, name, new GenerateParameterDefault { Special = special }, secret: true, persist: true);

        // It is no resource of the model, but what hides secrets must know it.
        builder.Services.AddSingleton(password);
        return password;
    }

    private static ParameterResource Generated(IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist) =>
        new(
            name,
            made => ParameterResource.Configured(builder.Configuration, name)
                ?? (persist && builder.ExecutionContext.IsRunMode
                    ? AppHostStorage.Of(builder).KeptSecret($"Parameters:{name}", made!.GetDefaultValue)
                    : made!.GetDefaultValue()),
            secret)
        { Default = value };

    private static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, ParameterResource parameter) =>
        builder.AddResource(parameter);

    private static DistributedApplicationException Missing(string name) => new(
        $"Parameter resource could not be used because configuration key 'Parameters:{name}' is missing and the Parameter has no default value.");
}
