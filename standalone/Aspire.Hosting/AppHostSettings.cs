using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>What an AppHost under test is given, because no launch profile has set it: every value gives way to configuration and arguments.</summary>
internal sealed record AppHostSettings(string? EnvironmentName, IReadOnlyDictionary<string, string?> Defaults)
{
    public static AppHostSettings Create(string[] args, string projectFolder, bool isTest)
    {
        if (!isTest)
        {
            return new AppHostSettings(null, new Dictionary<string, string?>());
        }

        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var preferred = Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE");
        foreach (var (name, value) in LaunchProfile.Choose(projectFolder, askedFor: null, preferred)?.EnvironmentVariables ?? [])
        {
            defaults[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        // A test must not touch the addresses of an application that someone runs on the same machine.
        defaults["DcpPublisher:RandomizePorts"] = "true";
        defaults["ASPNETCORE_URLS"] = "http://localhost:8080";
        defaults["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";

        var commandLine = new ConfigurationBuilder().AddCommandLine(args).Build();
        var given = commandLine["environment"] ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        return new AppHostSettings(given is null ? defaults.GetValueOrDefault("DOTNET_ENVIRONMENT") : null, defaults);
    }
}
