using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard listens and who may look, from the same keys as Aspire's.</summary>
/// <param name="Urls">Its addresses; none means no dashboard.</param>
/// <param name="Token">What a browser must show once; null lets everyone in.</param>
internal sealed record DashboardOptions(IReadOnlyList<Uri> Urls, string? Token)
{
    /// <summary>The address that is printed.</summary>
    public Uri? LoginUrl => Urls.Count == 0
        ? null
        : Token is null ? Urls[0] : new Uri(Urls[0], $"login?t={Token}");

    public static DashboardOptions Read(IConfiguration configuration, bool isEnabled, bool allowUnsecured)
    {
        var given = isEnabled ? configuration["ASPNETCORE_URLS"] ?? "" : "";
        var urls = given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => new Uri(url)).ToList();
        if (urls.Exists(url => url.Scheme == Uri.UriSchemeHttp) && !allowUnsecured && !configuration.GetValue("ASPIRE_ALLOW_UNSECURED_TRANSPORT", defaultValue: false))
        {
            throw new DistributedApplicationException(
                "The 'applicationUrl' setting must be an https address unless the 'ASPIRE_ALLOW_UNSECURED_TRANSPORT' environment variable is set to true.");
        }

        if (urls.Find(url => !url.IsLoopback) is { } open)
        {
            throw new DistributedApplicationException($"The dashboard shows what a developer may see and listens on this machine only; '{open}' is open to others.");
        }

        var anonymous = configuration.GetValue("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", defaultValue: false);
        var token = configuration["AppHost:BrowserToken"] ?? configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new DashboardOptions(urls, anonymous ? null : token);
    }
}
