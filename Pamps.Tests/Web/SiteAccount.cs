using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>
/// Somebody with an account of the running site, who does through the API what a test needs to be there before it
/// begins; what the test is about is done in a browser, by <see cref="SiteVisitor"/>.
/// </summary>
internal sealed class SiteAccount
{
    private SiteAccount(RegisterAccountRequest registration, HttpClient http) => (Registration, Http) = (registration, http);

    /// <summary>As it was registered.</summary>
    public RegisterAccountRequest Registration { get; }

    /// <summary>The user name.</summary>
    public string Username => Registration.Username;

    /// <summary>Sends requests to the API with the account's token.</summary>
    public HttpClient Http { get; }

    /// <summary>Registers an account.</summary>
    /// <param name="name">How its user name begins.</param>
    /// <param name="displayName">The name to show.</param>
    public static async Task<SiteAccount> RegisterAsync(string name, string? displayName = null)
    {
        var site = await AppModel.SiteAsync();
        var http = new HttpClient { BaseAddress = site.Api };
        var registration = new RegisterAccountRequestBuilder().Named(ApiFixture.Unique(name)).Build() with { DisplayName = displayName };
        using var created = await http.PostAsJsonAsync("/api/v1/accounts", registration, Wire.Json);
        await created.ShouldBe(HttpStatusCode.Created);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = registration.Username,
            ["password"] = registration.Password,
        });
        using var answer = await http.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        var tokens = await answer.ShouldBe<TokenResponse>(HttpStatusCode.OK);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return new(registration, http);
    }

    /// <summary>Opens a window in which the account is signed in.</summary>
    /// <param name="look">How.</param>
    /// <param name="site">Another site than the one everybody shares.</param>
    /// <param name="whole">In the whole browser, which keeps pages for Back.</param>
    public async Task<SiteVisitor> ArriveAsync(Look? look = null, AppModel.Site? site = null, bool whole = false)
    {
        var visitor = await SiteVisitor.ArriveAsync(look, site: site, whole: whole);
        await visitor.SignInAsync(Username, Registration.Password);
        return visitor;
    }

    /// <summary>Publishes a post.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parent">The post it answers.</param>
    public async Task<PostResponse> PostAsync(string text, PostResponse? parent = null)
    {
        using var response = await Http.PostAsJsonAsync("/api/v1/posts", new CreatePostRequest { Text = text, ParentId = parent?.Id }, Wire.Json);
        return await response.ShouldSucceed<PostResponse>();
    }

    /// <summary>Publishes many posts, in order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="text">How each begins; its number, from 1, follows.</param>
    public async Task<IReadOnlyList<PostResponse>> PostManyAsync(int count, string text)
    {
        var posts = new List<PostResponse>();
        for (var number = 1; number <= count; number++)
        {
            posts.Add(await PostAsync($"{text} {number}"));
        }

        return posts;
    }

    /// <summary>Follows an account.</summary>
    /// <param name="other">Whom.</param>
    public Task FollowAsync(SiteAccount other) => PutAsync($"/api/v1/accounts/{other.Username}/follow");

    /// <summary>Puts something without a body.</summary>
    /// <param name="path">The path.</param>
    public async Task PutAsync(string path)
    {
        using var response = await Http.PutAsync(new Uri(path, UriKind.Relative), null);
        await response.ShouldSucceed();
    }

    /// <summary>Deletes something.</summary>
    /// <param name="path">The path.</param>
    public async Task DeleteAsync(string path)
    {
        using var response = await Http.DeleteAsync(new Uri(path, UriKind.Relative));
        await response.ShouldSucceed();
    }

    /// <summary>Reads something.</summary>
    /// <typeparam name="T">What is expected.</typeparam>
    /// <param name="path">The path.</param>
    public async Task<T> GetAsync<T>(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return await response.ShouldBe<T>(HttpStatusCode.OK);
    }
}
