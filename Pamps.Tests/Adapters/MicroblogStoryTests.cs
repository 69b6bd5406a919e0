using System.Net;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Adapters;

/// <summary>What the tests shipped with the original micro-blog assert, in their order, on an empty database.</summary>
public class MicroblogStoryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Two_users_post_reply_and_read()
    {
        var anonymous = new OlderClient(api.Anonymous);
        foreach (var name in new[] { "user1", "user2" })
        {
            OlderClient.Same(
                $$"""{"username":"{{name}}","avatar":null,"bio":null}""",
                await anonymous.PostAsync("/user/", HttpStatusCode.Created, new { email = $"{name}@pamps.com", username = name, password = name }));
        }

        var user1 = await SignInAsync(anonymous, "user1");
        var user2 = await SignInAsync(anonymous, "user2");

        foreach (var text in new[] { "hello test 1", "hello test 2" })
        {
            var post = await user1.PostAsync("/post/", HttpStatusCode.Created, new { text });
            OlderClient.HasKeys(post, "id", "text", "date", "user_id", "parent_id");
            Assert.Equal(text, (string?)post["text"]);
            Assert.Null(post["parent_id"]);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$", (string?)post["date"]);
        }

        var first = (await anonymous.GetAsync("/post/user/user1/"))[0]!;
        foreach (var (user, name) in new[] { (user1, "user1"), (user2, "user2") })
        {
            var reply = await user.PostAsync("/post/", HttpStatusCode.Created, new { text = $"reply from {name}", parent_id = (long)first["id"]! });
            Assert.Equal($"reply from {name}", (string?)reply["text"]);
            Assert.Equal((long)first["id"]!, (long)reply["parent_id"]!);
        }

        var all = (await anonymous.GetAsync("/post/")).AsArray();
        Assert.Equal(["hello test 1", "hello test 2"], all.Select(post => (string?)post!["text"]));
        Assert.All(all, post => Assert.Null(post!["parent_id"]));

        var detail = await anonymous.GetAsync($"/post/{first["id"]}/");
        OlderClient.HasKeys(detail, "id", "text", "date", "user_id", "parent_id", "replies");
        Assert.Equal(((long)first["id"]!, (long)first["user_id"]!, "hello test 1"), ((long)detail["id"]!, (long)detail["user_id"]!, (string?)detail["text"]));
        Assert.Null(detail["parent_id"]);
        Assert.Equal(["reply from user1", "reply from user2"], detail["replies"]!.AsArray().Select(reply => (string?)reply!["text"]));
        Assert.All(detail["replies"]!.AsArray(), reply => Assert.Equal((long)first["id"]!, (long)reply!["parent_id"]!));

        var own = (await anonymous.GetAsync("/post/user/user1/")).AsArray();
        Assert.Equal(["hello test 1", "hello test 2"], own.Select(post => (string?)post!["text"]));
        Assert.Equal(3, (await anonymous.GetAsync("/post/user/user1/?include_replies=True")).AsArray().Count);
    }

    private static async Task<OlderClient> SignInAsync(OlderClient anonymous, string name)
    {
        JsonNode tokens = await anonymous.FormAsync("/token", HttpStatusCode.OK, ("username", name), ("password", name));
        OlderClient.HasKeys(tokens, "access_token", "refresh_token", "token_type");
        Assert.Equal("bearer", (string?)tokens["token_type"]);
        return anonymous.With((string)tokens["access_token"]!);
    }
}
