using System.Text.Json.Serialization;

namespace Pamps.ApiService.Contracts;

/// <summary>The answer of the token endpoint (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">A JWT for the <c>Authorization</c> header.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token ends.</param>
/// <param name="RefreshToken">Gives the next pair; valid once.</param>
/// <param name="Scope">Granted scopes, separated by blanks.</param>
public sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("scope")] string Scope);

/// <summary>A place where the account is signed in.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Client">What the client called itself.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastUsedAt">When its token was last refreshed.</param>
/// <param name="Current">Whether it is the session of this call.</param>
public sealed record SessionResponse(string Id, string Client, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);
