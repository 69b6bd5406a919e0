namespace Pamps.Web.Http;

/// <summary>
/// Addresses that come from a request and lead back into the site. Only a path of this host passes: <c>//host</c> and
/// <c>/\host</c> are other hosts to a browser, and control characters are dropped by some of them before they look.
/// </summary>
internal static class LocalAddress
{
    /// <summary>The address when it is local, else <paramref name="otherwise"/>.</summary>
    public static string Of(string? address, string otherwise = "/") =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl)
            ? address
            : otherwise;
}
