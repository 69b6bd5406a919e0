using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Features.Accounts;

public sealed class DeleteAccountTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Deleted_account_is_signed_out_and_gone_for_others_at_once()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync("soon gone");

        await DeleteAsync(ana);

        using var me = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        using var profile = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/{ana.Username}", UriKind.Relative));
        using var read = await api.Anonymous.GetAsync(new Uri($"/api/v1/posts/{post.Id}", UriKind.Relative));
        await me.ShouldBeProblemAsync(401, "token_invalid");
        await profile.ShouldBeProblemAsync(404, "not_found");
        Assert.Contains(read.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Gone]);
    }

    [Fact]
    public async Task Wrong_password_deletes_nothing()
    {
        var ana = await api.SignedInAs("ana");

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/me") { Content = JsonContent.Create(new { password = "not this one" }) };
        using var response = await ana.Http.SendAsync(request);

        await response.ShouldBeProblemAsync(400, "validation_failed", "password");
        await ana.GetAsync<MeResponse>("/api/v1/me");
    }

    [Fact]
    public async Task Signing_in_within_the_grace_time_brings_the_account_back()
    {
        var ana = await api.SignedInAs("ana");
        await DeleteAsync(ana);

        var back = await api.SignIn(ana.Username, ana.Password);

        Assert.Equal(ana.Id, back.Id);
        using var profile = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/{ana.Username}", UriKind.Relative));
        await profile.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_the_grace_time_nothing_is_left_but_the_name()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var post = await ana.CreatePostAsync("my secret wording");
        await bob.ReplyAsync(post, "an answer that stays");
        var others = await bob.CreatePostAsync("liked by ana");
        await ana.LikeAsync(others);
        await ana.FollowAsync(bob);
        await bob.FollowAsync(ana);
        await ana.PostAsync<CreatedApiKeyResponse>("/api/v1/me/api-keys", new { name = "key", scopes = (string[])["read"] });
        await DeleteAsync(ana);

        var id = long.Parse(ana.Id, System.Globalization.CultureInfo.InvariantCulture);
        await api.WithDatabase(db => db.Accounts.Where(account => account.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.DeletedAt, DateTimeOffset.UnixEpoch)));
        await api.WithDatabase(db => PurgeAccounts.RunAsync(db, new AccountOptions(), TimeProvider.System.GetUtcNow(), CancellationToken.None));

        await Eventually.Be(
            () => api.WithDatabase(async db => new
            {
                Account = await db.Accounts.AsNoTracking().Where(account => account.Id == id)
                    .Select(account => new { account.Email, account.PasswordHash, account.DisplayName }).SingleAsync(),
                Texts = await db.Posts.CountAsync(row => row.AuthorId == id && row.Text != ""),
                Likes = await db.Likes.CountAsync(row => row.AccountId == id),
                Follows = await db.Follows.CountAsync(row => row.FollowerId == id || row.FolloweeId == id),
                Sessions = await db.Sessions.CountAsync(row => row.AccountId == id),
                Keys = await db.ApiKeys.CountAsync(row => row.AccountId == id),
            }),
            left => left is { Texts: 0, Likes: 0, Follows: 0, Sessions: 0, Keys: 0, Account: { Email: null, PasswordHash: null, DisplayName: "" } });

        using var again = await api.Anonymous.PostAsJsonAsync(
            "/api/v1/accounts", new RegisterAccountRequestBuilder().Named(ana.Username).Build(), Wire.Json);
        await again.ShouldBeProblemAsync(409, "username_taken");
        Assert.Equal(0, (await bob.GetAsync<PostResponse>($"/api/v1/posts/{others.Id}")).LikeCount);
        Assert.Equal(0, (await bob.GetAsync<MeResponse>("/api/v1/me")).FollowerCount);
        using var signIn = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", ana.Password));
        await signIn.ShouldBeProblemAsync(400, "invalid_grant");
    }

    [Fact]
    public void Every_table_that_names_a_person_has_a_fate()
    {
        using var scope = api.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<PampsDbContext>().Model;

        var personal = model.GetEntityTypes().Where(IsPersonal).Select(entity => entity.ClrType).ToHashSet();

        Assert.NotEmpty(personal);
        Assert.Empty(personal.Except(EraseAccount.Fate.Keys));
    }

    /// <summary>Holds an account, or belongs to something that does.</summary>
    internal static bool IsPersonal(Microsoft.EntityFrameworkCore.Metadata.IEntityType entity) =>
        entity.ClrType == typeof(Account) ||
        entity.FindProperty("AccountId") is not null ||
        entity.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(Account) ||
            (key.PrincipalEntityType != entity && key.PrincipalEntityType.ClrType is { } owner &&
                (owner == typeof(Post) || owner == typeof(Session) || owner == typeof(AccountExport))));

    private static async Task DeleteAsync(TestUser user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/me") { Content = JsonContent.Create(new { password = user.Password }) };
        using var response = await user.Http.SendAsync(request);
        await response.ShouldBe(HttpStatusCode.NoContent);
    }
}
