using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pamps.Tests.Benchmarks;

/// <summary>
/// The API, and the site as it is deployed: published, in Production. It listens without TLS for the load and with a
/// certificate made for the run for the browser, which keeps the session's cookie over https only.
/// </summary>
internal sealed class SiteServers : IDisposable
{
    private readonly DirectoryInfo _folder;

    private SiteServers(DirectoryInfo folder, ServerProcess api, ServerProcess site, Uri secure) =>
        (_folder, Api, Site, Secure) = (folder, api, site, secure);

    public ServerProcess Api { get; }

    public ServerProcess Site { get; }

    /// <summary>Where the browser goes.</summary>
    public Uri Secure { get; }

    public static async Task<SiteServers> StartAsync(string database, string redis)
    {
        var folder = Directory.CreateTempSubdirectory("pamps-benchmark-site-");
        await PublishAsync(folder.FullName);
        var api = await ServerProcess.StartAsync(
            Built("Pamps.ApiService", "Pamps.ApiService.dll"),
            _ => [],
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__pampsdb"] = database,
                ["ConnectionStrings__cache"] = redis,
                ["Redis__KeyPrefix"] = $"benchmark:{Guid.NewGuid():N}:",
                ["Jwt__SigningKey"] = new string('b', 64),
                ["RateLimits__Enabled"] = "false",
                ["Logging__LogLevel__Default"] = "Warning",
            },
            "/api/v1/feeds/public");
        var secure = ServerProcess.FreeAddress("https");
        var site = await ServerProcess.StartAsync(
            Path.Combine(folder.FullName, "Pamps.Web.dll"),
            _ => [],
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_CONTENTROOT"] = folder.FullName,

                // As behind the proxy that ends TLS in front of it.
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
                ["Kestrel__Certificates__Default__Path"] = Certificate(folder.FullName),
                ["ConnectionStrings__cache"] = redis,
                ["services__apiservice__http__0"] = api.Address.ToString(),
                ["Logging__LogLevel__Default"] = "Warning",
            },
            "/about",
            secure);
        return new SiteServers(folder, api, site, secure);
    }

    public void Dispose()
    {
        Site.Dispose();
        Api.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Publishing compresses the static files, which a build does not.</summary>
    private static async Task PublishAsync(string folder)
    {
        var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "Pamps.Web", "Pamps.Web.csproj"));
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", Configuration, "--no-build", "--nologo", "-v", "q", "-o", folder]) { RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"The site could not be published: {output}");
        }
    }

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Built(string project, string file) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, Configuration, file));

    private static string Certificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(folder, "benchmark.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx));
        return path;
    }
}
