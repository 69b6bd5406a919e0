using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Http;

/// <summary>Somebody with something of everything, and the others: what a walk over all operations of the document asks for.</summary>
internal sealed record OperationWorld(
    TestUser Owner, string RevokedToken, TestUser Stranger, string Moderator, string Administrator, string Operator, string KeyForBookmarks, string KeyForLikes, string KeyOfStranger,
    IReadOnlyDictionary<string, string> Things)
{
    private const string Api = "/api/v1";

    /// <summary>Outside content with a comment of the owner.</summary>
    public string ContentId => ContentOf(Owner);

    /// <summary>Somebody whom the operation lets in, and to whom its things belong.</summary>
    public string RightfulToken(DocumentedOperation operation) =>
        operation.Scopes.Any(scope => scope.StartsWith("admin:", StringComparison.Ordinal)) ? Administrator
        : operation.Path.StartsWith($"{Api}/billing", StringComparison.Ordinal) ? Operator
        : Owner.Tokens.AccessToken;

    public static async Task<OperationWorld> CreateAsync(ApiFixture api)
    {
        var moderator = await api.PromoteAsync(await api.SignedInAs("moderator"), AccountRole.Moderator);
        var administrator = await api.PromoteAsync(await api.SignedInAs("boss"), AccountRole.Administrator);
        var biller = await BillerAsync(api);
        var (owner, stranger) = (await api.SignedInAs("owner"), await api.SignedInAs("stranger"));
        var left = await api.SignIn(owner.Username, owner.Password);
        await left.DeleteAsync($"{Api}/me/sessions/{(await left.GetAsync<SessionResponse[]>($"{Api}/me/sessions")).Single(session => session.Current).Id}");
        var post = await owner.CreatePostAsync();
        var comment = await owner.PostAsync<CommentResponse>($"{Api}/content/comments?id={ContentOf(owner)}", new { text = "first" });
        var bookmarks = await owner.PostAsync<CreatedApiKeyResponse>($"{Api}/me/api-keys", new { name = "key", scopes = (string[])["read:bookmarks"] });
        var likes = await owner.PostAsync<CreatedApiKeyResponse>($"{Api}/me/api-keys", new { name = "key", scopes = (string[])["write:likes"] });
        var all = await stranger.PostAsync<CreatedApiKeyResponse>($"{Api}/me/api-keys", new { name = "key", scopes = (string[])["read", "write"] });
        var report = await owner.PostAsync<ReportResponse>($"{Api}/reports", new { username = stranger.Username, reason = "spam" });
        var export = await owner.PostAsync<ExportResponse>($"{Api}/me/exports");
        return new OperationWorld(
            owner, left.Tokens.AccessToken, stranger, moderator, administrator, biller, bookmarks.Key, likes.Key, all.Key,
            new Dictionary<string, string>
            {
                ["username"] = owner.Username,
                ["accountId"] = owner.Id,
                ["postId"] = post.Id,
                ["commentId"] = comment.Id,
                ["sessionId"] = (await owner.GetAsync<SessionResponse[]>($"{Api}/me/sessions")).Single().Id,
                ["keyId"] = likes.Details.Id,
                ["exportId"] = export.Id,
                ["reportId"] = report.Id,
                ["tag"] = "bom",
                ["feed"] = "home",
                ["importId"] = "1",
                ["boletoId"] = "1",
                ["debtId"] = "1",
                ["code"] = "not_found",
            });
    }

    private static string ContentOf(TestUser owner) => $"https://example.org/{owner.Username}";

    private static async Task<string> BillerAsync(ApiFixture api)
    {
        var biller = await api.SignedInAs("biller");
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == biller.Username)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.BillingOperator, true)));
        return (await api.Anonymous.SignInAsync(biller.Username, biller.Password, "read write billing:read billing:write")).AccessToken;
    }
}
