using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>A resource as the page shows it.</summary>
internal sealed record ResourceView(
    string Id,
    string Name,
    string Type,
    string? State,
    string? StateStyle,
    string? Health,
    int? ExitCode,
    DateTime? StartedAt,
    string? Source,
    string? Problem,
    IReadOnlyList<UrlView> Urls,
    IReadOnlyList<CommandView> Commands,
    IReadOnlyList<VariableView> Environment,
    IReadOnlyList<HealthView> HealthReports,
    IReadOnlyList<RelationView> Relations)
{
    public static ResourceView Of(ResourceEvent change, SecretMask mask, IServiceProvider services)
    {
        var snapshot = change.Snapshot;
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        return new ResourceView(
            change.ResourceId,
            change.Resource.Name,
            snapshot.ResourceType,
            snapshot.State?.Text,
            snapshot.State?.Style,
            snapshot.HealthStatus?.ToString(),
            snapshot.ExitCode,
            snapshot.StartTimeStamp,
            snapshot.Source,
            snapshot.Problem,
            [.. snapshot.Urls.Select(url => new UrlView(url.Url, url.DisplayProperties.DisplayName, url.IsInternal))],
            [.. change.Resource.Annotations.OfType<ResourceCommandAnnotation>()
                .Select(c => new CommandView(c.Name, c.DisplayName, c.Options.Description, c.Options.ConfirmationMessage, c.UpdateState(context).ToString()))
                .Where(c => c.State != nameof(ResourceCommandState.Hidden))],
            [.. snapshot.EnvironmentVariables.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => mask.Apply(v.Name, v.Value))],
            [.. snapshot.HealthReports.Select(r => new HealthView(r.Name, r.Status?.ToString(), r.Description, r.LastRunAt))],
            [.. change.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationView(r.Resource.Name, r.Type)).Distinct()]);
    }
}

internal sealed record UrlView(string Url, string Text, bool IsInternal);

internal sealed record CommandView(string Name, string Text, string? Description, string? Confirmation, string State);

internal sealed record VariableView(string Name, string? Value, bool IsMasked);

internal sealed record HealthView(string Name, string? Status, string? Description, DateTime? At);

internal sealed record RelationView(string Resource, string Type);

internal sealed record LogLineView(int Number, string Text, bool IsError);
