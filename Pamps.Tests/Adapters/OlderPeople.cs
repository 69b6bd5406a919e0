using System.Net;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Adapters;

/// <summary>People of the older APIs.</summary>
internal static class OlderPeople
{
    /// <summary>A user of the micro-blog, signed in; the password has five characters, as older clients choose them.</summary>
    public static async Task<(OlderClient Client, string Username, JsonNode Tokens)> MicrobloggerAsync(this ApiFixture api, string name)
    {
        var anonymous = new OlderClient(api.Anonymous);
        var username = ApiFixture.Unique(name);
        await anonymous.PostAsync("/user/", HttpStatusCode.Created, new { email = $"{username}@pamps.com", username, password = "user1" });
        var tokens = await anonymous.FormAsync("/token", HttpStatusCode.OK, ("username", username), ("password", "user1"));
        return (anonymous.With((string)tokens["access_token"]!), username, tokens);
    }

    /// <summary>A user of the votes API, signed in.</summary>
    public static async Task<(OlderClient Client, long Id, string Email)> VoterAsync(this ApiFixture api, string name)
    {
        var anonymous = new OlderClient(api.Anonymous);
        var email = $"{ApiFixture.Unique(name)}@gmail.com";
        var user = await anonymous.PostAsync("/users/", HttpStatusCode.Created, new { email, password = "password123" });
        var token = await anonymous.FormAsync("/login", HttpStatusCode.OK, ("username", email), ("password", "password123"));
        return (anonymous.With((string)token["access_token"]!), (long)user["id"]!, email);
    }

    /// <summary>Writes a post by the votes API and returns its id.</summary>
    public static async Task<long> WriteAsync(this OlderClient client, string title, string content, bool published = true) =>
        (long)(await client.PostAsync("/posts/", HttpStatusCode.Created, new { title, content, published }))["id"]!;

    /// <summary>Writes a post by the micro-blog API and returns its id.</summary>
    public static async Task<long> BlogAsync(this OlderClient client, string text, long? parent = null) =>
        (long)(await client.PostAsync("/post/", HttpStatusCode.Created, new { text, parent_id = parent }))["id"]!;

    /// <summary>The id of a user: clients of the micro-blog take it from a post.</summary>
    public static async Task<long> IdOfAsync(this OlderClient client) =>
        (long)(await client.PostAsync("/post/", HttpStatusCode.Created, new { text = "who am I" }))["user_id"]!;

    /// <summary>The claims of a token, read without checking them.</summary>
    public static JsonNode Claims(string token, int part = 1) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[part]))!;
}
