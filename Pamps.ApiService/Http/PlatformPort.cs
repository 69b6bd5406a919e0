namespace Pamps.ApiService.Http;

/// <summary>Platforms such as Heroku say by the variable <c>PORT</c> alone where a program shall listen.</summary>
internal static class PlatformPort
{
    private const string Variable = "PORT";

    /// <summary>Listens there, unless addresses were given in the ways of ASP.NET Core, which say more.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void ListenOnPlatformPort(this WebApplicationBuilder builder)
    {
        if (ushort.TryParse(builder.Configuration[Variable], out var port) && string.IsNullOrEmpty(builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)))
        {
            builder.WebHost.UseUrls($"http://+:{port}");
        }
    }
}
