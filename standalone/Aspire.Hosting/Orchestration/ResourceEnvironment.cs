using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// The environment of a process: that of the AppHost without what concerns the AppHost alone, then what Aspire gives
/// every project, then the launch profile where nothing was set, then what the model says. The last one wins.
/// </summary>
internal sealed class ResourceEnvironment(
    DistributedApplicationExecutionContext executionContext,
    IConfiguration configuration,
    IHostEnvironment environment,
    ResourceLoggerService logs,
    OtlpTarget otlp)
{
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPIRE_LOGLEVEL"];

    /// <summary>Everything that the process sees, and the part of it that comes from the model.</summary>
    public async Task<(Dictionary<string, string> All, Dictionary<string, string> FromModel)> BuildAsync(
        IResource resource, EndpointAllocation endpoints, int replica, string instanceId, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        if (resource is ProjectResource project)
        {
            AddTelemetry(variables, project.Name, instanceId);
            AddConsole(variables);
            AddUrls(variables, project, endpoints, replica);
            AddLaunchProfile(variables, project);
        }

        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.PortVariable is not null))
        {
            variables[endpoint.PortVariable!] = endpoints.Target(endpoint, replica).ToString(CultureInfo.InvariantCulture);
        }

        var context = new EnvironmentCallbackContext(executionContext, resource, variables, cancellationToken) { Logger = logs.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var fromModel = new Dictionary<string, string>();
        foreach (var (name, value) in variables)
        {
            if (await ResolveAsync(value, cancellationToken).ConfigureAwait(false) is { } resolved)
            {
                fromModel[name] = resolved;
            }
        }

        var all = Inherited();
        foreach (var (name, value) in fromModel)
        {
            all[name] = value;
        }

        return (all, fromModel);
    }

    public static async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var args = new List<object>();
        var context = new CommandLineArgsCallbackContext(args, resource, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var resolved = new List<string>();
        foreach (var arg in args)
        {
            if (await ResolveAsync(arg, cancellationToken).ConfigureAwait(false) is { } text)
            {
                resolved.Add(text);
            }
        }

        return resolved;
    }

    public static Dictionary<string, string> Inherited() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(e => !NotInherited.Contains((string)e.Key, StringComparer.OrdinalIgnoreCase))
        .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");

    private static async ValueTask<string?> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static void AddConsole(Dictionary<string, object> variables)
    {
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
    }

    private static void AddUrls(Dictionary<string, object> variables, ProjectResource project, EndpointAllocation endpoints, int replica)
    {
        var web = project.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https").ToList();
        if (web.Count == 0)
        {
            return;
        }

        variables["ASPNETCORE_URLS"] = string.Join(';', web.Select(e =>
            string.Create(CultureInfo.InvariantCulture, $"{e.UriScheme}://{e.TargetHost}:{endpoints.Target(e, replica)}")));
        if (web.Find(e => e.UriScheme == "https") is { } https)
        {
            variables["ASPNETCORE_HTTPS_PORT"] = https.AllocatedEndpoint!.Port.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void AddLaunchProfile(Dictionary<string, object> variables, ProjectResource project)
    {
        if (project.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault()?.Profile is not { } profile)
        {
            return;
        }

        variables["DOTNET_LAUNCH_PROFILE"] = profile.Name;
        foreach (var (name, value) in profile.EnvironmentVariables)
        {
            variables.TryAdd(name, value);
        }
    }

    private void AddTelemetry(Dictionary<string, object> variables, string name, string instanceId)
    {
        variables["OTEL_SERVICE_NAME"] = name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instanceId}";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (otlp.Endpoint is not null)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp.Endpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = otlp.Protocol;
            if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
            {
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            }
        }

        if (!environment.IsDevelopment())
        {
            return;
        }

        // Everything at once and unsampled: a developer looks at the dashboard right after the click.
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }
}
