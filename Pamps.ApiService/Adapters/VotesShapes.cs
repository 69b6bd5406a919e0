using System.Text.Json.Serialization;

namespace Pamps.ApiService.Adapters;

/// <summary>The token of the votes API.</summary>
internal sealed record LoginBody(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType);

/// <summary>A new user of the votes API.</summary>
internal sealed record VoterRequest(
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("password")] string Password);

/// <summary>A user of the votes API; the address belongs to its contract, and to no other's.</summary>
internal sealed record VoterBody(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("created_at")] string CreatedAt);

/// <summary>A post as the votes API takes it.</summary>
internal sealed record TitledPostRequest(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("content")] string Content,
    [property: JsonPropertyName("published")] bool Published = true);

/// <summary>A post of the votes API.</summary>
internal sealed record TitledPostBody(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("content")] string Content,
    [property: JsonPropertyName("published")] bool Published,
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("created_at")] string CreatedAt,
    [property: JsonPropertyName("owner_id")] long OwnerId,
    [property: JsonPropertyName("owner")] VoterBody Owner);

/// <summary>A post of the votes API with its votes; the capital letter is the contract's.</summary>
internal sealed record VotedPostBody(
    [property: JsonPropertyName("Post")] TitledPostBody Post,
    [property: JsonPropertyName("votes")] int Votes);

/// <summary>A vote.</summary>
internal sealed record VoteRequest(
    [property: JsonPropertyName("post_id")] long PostId,
    [property: JsonPropertyName("dir")] int Direction);
