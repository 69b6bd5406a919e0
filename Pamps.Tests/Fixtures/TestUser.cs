using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// Somebody who is signed in, and what people do. Each verb asserts that it succeeded; whoever wants to see it fail
/// uses <see cref="Http"/>.
/// </summary>
public sealed class TestUser
{
    private TestUser(HttpClient http, TokenResponse tokens, MeResponse me, string password)
    {
        Http = http;
        Tokens = tokens;
        Me = me;
        Password = password;
    }

    /// <summary>Sends requests with the user's access token.</summary>
    public HttpClient Http { get; }

    /// <summary>The tokens of the session.</summary>
    public TokenResponse Tokens { get; }

    /// <summary>The account as it was at sign-in.</summary>
    public MeResponse Me { get; }

    /// <summary>The id on the wire.</summary>
    public string Id => Me.Id;

    /// <summary>The user name.</summary>
    public string Username => Me.Username;

    /// <summary>The e-mail address.</summary>
    public string Email => Me.Email;

    /// <summary>The password at sign-in.</summary>
    public string Password { get; }

    /// <summary>The same session on another replica.</summary>
    /// <param name="replica">A client of the replica.</param>
    public TestUser On(HttpClient replica)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var http = new HttpClient { BaseAddress = replica.BaseAddress, Timeout = Http.Timeout };
        http.DefaultRequestHeaders.Authorization = Http.DefaultRequestHeaders.Authorization;
        return new TestUser(http, Tokens, Me, Password);
    }

    /// <summary>Publishes a post.</summary>
    /// <param name="text">The text; something short when absent.</param>
    public Task<PostResponse> CreatePostAsync(string? text = null) => CreatePostAsync(new CreatePostRequestBuilder().Saying(text).Build());

    /// <summary>Publishes a post, or a draft or reply, as the request says.</summary>
    /// <param name="request">The request.</param>
    public Task<PostResponse> CreatePostAsync(CreatePostRequest request) => PostAsync<PostResponse>("/api/v1/posts", request);

    /// <summary>Answers a post.</summary>
    /// <param name="parent">The post to answer.</param>
    /// <param name="text">The text; something short when absent.</param>
    public Task<PostResponse> ReplyAsync(PostResponse parent, string? text = null) =>
        CreatePostAsync(new CreatePostRequestBuilder().Saying(text).Answering(parent).Build());

    /// <summary>Deletes a post of one's own.</summary>
    /// <param name="post">The post.</param>
    public Task DeletePostAsync(PostResponse post) => DeleteAsync($"/api/v1/posts/{Checked(post).Id}");

    /// <summary>Likes a post.</summary>
    /// <param name="post">The post.</param>
    public Task<LikeResponse> LikeAsync(PostResponse post) => PutAsync<LikeResponse>($"/api/v1/posts/{Checked(post).Id}/like");

    /// <summary>Follows somebody.</summary>
    /// <param name="other">Whom.</param>
    public Task<RelationshipResponse> FollowAsync(TestUser other) => FollowAsync(Checked(other).Username);

    /// <summary>Follows somebody.</summary>
    /// <param name="username">Whom, by the exact user name.</param>
    public Task<RelationshipResponse> FollowAsync(string username) => PutAsync<RelationshipResponse>($"/api/v1/accounts/{username}/follow");

    /// <summary>Ends following.</summary>
    /// <param name="other">Whom.</param>
    public Task UnfollowAsync(TestUser other) => DeleteAsync($"/api/v1/accounts/{Checked(other).Username}/follow");

    /// <summary>Blocks somebody.</summary>
    /// <param name="other">Whom.</param>
    public Task<RelationshipResponse> BlockAsync(TestUser other) => PutAsync<RelationshipResponse>($"/api/v1/accounts/{Checked(other).Username}/block");

    /// <summary>Reads the home feed.</summary>
    /// <param name="query">Query, with its question mark.</param>
    public Task<Page<PostResponse>> HomeAsync(string query = "") => GetAsync<Page<PostResponse>>("/api/v1/feeds/home" + query);

    /// <summary>Reads a page or resource.</summary>
    /// <typeparam name="T">What is expected.</typeparam>
    /// <param name="path">Path and query.</param>
    public async Task<T> GetAsync<T>(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return await response.ShouldBe<T>(HttpStatusCode.OK);
    }

    /// <summary>Posts a body and reads the answer, which may have any status of success.</summary>
    /// <typeparam name="T">What is expected.</typeparam>
    /// <param name="path">Path and query.</param>
    /// <param name="body">The body.</param>
    public async Task<T> PostAsync<T>(string path, object? body = null)
    {
        using var response = await Http.PostAsJsonAsync(path, body ?? new { }, Wire.Json);
        return await response.ShouldSucceed<T>();
    }

    /// <summary>Puts a body, or nothing, and reads the answer, which may have any status of success.</summary>
    /// <typeparam name="T">What is expected.</typeparam>
    /// <param name="path">Path and query.</param>
    /// <param name="body">The body; none when absent.</param>
    public async Task<T> PutAsync<T>(string path, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Wire.Json);
        using var response = await Http.PutAsync(new Uri(path, UriKind.Relative), content);
        return await response.ShouldSucceed<T>();
    }

    /// <summary>Deletes something.</summary>
    /// <param name="path">Path and query.</param>
    public async Task DeleteAsync(string path)
    {
        using var response = await Http.DeleteAsync(new Uri(path, UriKind.Relative));
        await response.ShouldSucceed();
    }

    internal static async Task<TestUser> CreateAsync(ApiServer server, TokenResponse tokens, string password)
    {
        return await CreateAsync(server.Connect(tokens.AccessToken), tokens, password);
    }

    internal static async Task<TestUser> CreateAsync(HttpClient http, TokenResponse tokens, string password)
    {
        using var response = await http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        return new TestUser(http, tokens, await response.ShouldBe<MeResponse>(HttpStatusCode.OK), password);
    }

    private static T Checked<T>(T argument)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument;
    }
}
