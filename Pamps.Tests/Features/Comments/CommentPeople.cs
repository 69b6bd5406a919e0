using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Comments;

/// <summary>What people do with comments, and the people that only these tests need.</summary>
internal static class CommentPeople
{
    /// <summary>The address of the comments on a piece of content.</summary>
    public static string At(string contentId, string more = "") => $"/api/v1/content/comments?id={Uri.EscapeDataString(contentId)}{more}";

    /// <summary>The address of a thread.</summary>
    public static string Thread(string contentId) => $"/api/v1/content?id={Uri.EscapeDataString(contentId)}";

    public static Task<CommentResponse> CommentAsync(this TestUser user, string contentId, string text, string? parentId = null) =>
        user.PostAsync<CommentResponse>(At(contentId), new { text, parentId });

    public static async Task<Page<CommentResponse>> ListAsync(this HttpClient http, string contentId, string more = "")
    {
        using var response = await http.GetAsync(new Uri(At(contentId, more), UriKind.Relative));
        return await response.ShouldBe<Page<CommentResponse>>(HttpStatusCode.OK);
    }

    public static async Task<ContentThreadResponse> ThreadAsync(this HttpClient http, string contentId)
    {
        using var response = await http.GetAsync(new Uri(Thread(contentId), UriKind.Relative));
        return await response.ShouldBe<ContentThreadResponse>(HttpStatusCode.OK);
    }

    public static async Task<ContentThreadResponse> SetStateAsync(this HttpClient http, string contentId, string state)
    {
        using var response = await http.PatchAsJsonAsync(Thread(contentId), new { state, reason = "test" }, Wire.Json);
        return await response.ShouldBe<ContentThreadResponse>(HttpStatusCode.OK);
    }

    /// <summary>A client of a moderator with the scopes of moderation.</summary>
    public static async Task<HttpClient> ModeratorAsync(this ApiFixture api)
    {
        var registration = new RegisterAccountRequestBuilder().Named(ApiFixture.Unique("mod")).Build();
        await api.SignedInAs(registration);
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == registration.Username)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Role, AccountRole.Moderator)));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = registration.Username,
            ["password"] = registration.Password,
            ["scope"] = "read write admin:read admin:write",
        });
        using var response = await api.Anonymous.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        var tokens = await response.ShouldBe<JsonElement>(HttpStatusCode.OK);
        return api.Server.Connect(tokens.GetProperty("access_token").GetString());
    }
}
