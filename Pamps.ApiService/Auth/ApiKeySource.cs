namespace Pamps.ApiService.Auth;

/// <summary>Marks endpoints of the older APIs, where an API key may also come as a query parameter or a cookie.</summary>
internal sealed record AcceptsApiKeyAnywhere;

/// <summary>Finds the API key of a request: as a bearer token, in the header, and on older routes in the query or a cookie, in this order.</summary>
internal static class ApiKeySource
{
    /// <summary>The query parameter and the cookie.</summary>
    public const string Name = "api_key";

    private const string BearerStart = "Bearer ";

    /// <summary>The key as presented, or null when none is; a token of another kind is none.</summary>
    public static string? Find(HttpContext context)
    {
        var request = context.Request;
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            return authorization.StartsWith(BearerStart + ApiKeyFormat.Start, StringComparison.OrdinalIgnoreCase)
                ? authorization[BearerStart.Length..].Trim()
                : null;
        }

        if (request.Headers.TryGetValue(PampsAuthentication.ApiKeyHeader, out var header))
        {
            return header.ToString();
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<AcceptsApiKeyAnywhere>() is null)
        {
            return null;
        }

        if (request.Query.TryGetValue(Name, out var query))
        {
            return query.ToString();
        }

        // A browser sends a cookie for whoever asks it to: a foreign page could act for the owner of the key.
        return request.Cookies.TryGetValue(Name, out var cookie) && OwnPage.Sent(request) ? cookie : null;
    }
}
