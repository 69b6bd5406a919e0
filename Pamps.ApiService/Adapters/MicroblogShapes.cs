using System.Text.Json.Serialization;

namespace Pamps.ApiService.Adapters;

/// <summary>The form of <c>/token</c> and <c>/login</c>.</summary>
internal sealed record SignInForm(
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("password")] string Password,
    [property: JsonPropertyName("grant_type")] string? GrantType,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("client_id")] string? ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret);

/// <summary>The body of <c>/refresh_token</c>.</summary>
internal sealed record RefreshRequest([property: JsonPropertyName("refresh_token")] string RefreshToken);

/// <summary>A pair of tokens of the micro-blog API.</summary>
internal sealed record TokenBody(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("token_type")] string TokenType);

/// <summary>A new user of the micro-blog API.</summary>
internal sealed record UserRequest(
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("password")] string Password,
    [property: JsonPropertyName("avatar")] string? Avatar,
    [property: JsonPropertyName("bio")] string? Bio);

/// <summary>A user of the micro-blog API; never id, address or password.</summary>
internal sealed record UserBody(
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("avatar")] string? Avatar,
    [property: JsonPropertyName("bio")] string? Bio);

/// <summary>A new post or reply of the micro-blog API.</summary>
internal sealed record PostRequest(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("parent_id")] long? ParentId);

/// <summary>A new text of a post of the micro-blog API.</summary>
internal sealed record TextRequest([property: JsonPropertyName("text")] string Text);

/// <summary>A post of the micro-blog API.</summary>
internal sealed record PostBody(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("date")] string Date,
    [property: JsonPropertyName("user_id")] long UserId,
    [property: JsonPropertyName("parent_id")] long? ParentId);

/// <summary>A post of the micro-blog API with its direct replies.</summary>
internal sealed record PostDetailBody(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("date")] string Date,
    [property: JsonPropertyName("user_id")] long UserId,
    [property: JsonPropertyName("parent_id")] long? ParentId,
    [property: JsonPropertyName("replies")] IReadOnlyList<PostBody> Replies);

/// <summary>A like of the micro-blog API.</summary>
internal sealed record LikeBody([property: JsonPropertyName("post")] long Post, [property: JsonPropertyName("user")] long User);

/// <summary>A sentence about what was done.</summary>
internal sealed record MessageBody([property: JsonPropertyName("message")] string Message);
