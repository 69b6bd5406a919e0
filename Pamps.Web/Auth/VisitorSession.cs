namespace Pamps.Web.Auth;

/// <summary>
/// The session of the current request, as a feature of its <see cref="HttpContext"/>. It holds the API tokens, which
/// stay on this side: the browser knows nothing but an opaque key.
/// </summary>
/// <param name="Id">The key of the session in the store.</param>
/// <param name="AccessToken">Goes with every call of the API.</param>
/// <param name="RefreshToken">Gives the next pair; good once.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
internal sealed record VisitorSession(string Id, string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt);
