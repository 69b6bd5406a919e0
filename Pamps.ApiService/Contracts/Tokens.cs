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

/// <summary>What the API page gets for its cookie: no refresh token, which stays in the cookie.</summary>
/// <param name="AccessToken">A JWT for the <c>Authorization</c> header.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token ends.</param>
public sealed record PageTokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <summary>A place where the account is signed in.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Client">What the client called itself.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastUsedAt">When its token was last refreshed.</param>
/// <param name="Current">Whether it is the session of this call.</param>
public sealed record SessionResponse(string Id, string Client, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);

/// <summary>Where and how tokens are given out (RFC 8414).</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="TokenEndpoint">Where tokens are given out.</param>
/// <param name="RevocationEndpoint">Where they are revoked.</param>
/// <param name="GrantTypes">Grants that work.</param>
/// <param name="AuthMethods">How clients prove themselves: they do not.</param>
/// <param name="Scopes">All scopes.</param>
/// <param name="Documentation">Where to read more.</param>
/// <param name="ResponseTypes">None: there is no authorization endpoint.</param>
public sealed record AuthorizationServerResponse(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> AuthMethods,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("service_documentation")] string Documentation,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes);
