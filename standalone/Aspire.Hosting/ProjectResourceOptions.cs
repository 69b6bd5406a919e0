namespace Aspire.Hosting;

/// <summary>Settings of a project.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; chosen by itself unless given.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether to do without a launch profile.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether to ignore the endpoints of Kestrel's own configuration.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
