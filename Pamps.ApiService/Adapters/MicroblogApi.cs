using Microsoft.OpenApi;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The micro-blog API: tokens, users and posts with replies, all by user name, everything oldest first. Its <c>text</c> is
/// the text of a post; titles and drafts do not exist in it.
/// </summary>
internal static class MicroblogApi
{
    public static void MapMicroblogApi(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapOlder("auth");
        auth.MapPost("/token", MicroblogSignIn.SignInAsync).Says("MicroblogSignIn", "Signs in with user name and password.").Limited(RateLimit.SignIn)
            .TakesForm<SignInForm>().Answers<TokenBody>(200, 401, 422);
        auth.MapPost("/refresh_token", MicroblogSignIn.RefreshAsync).Says("MicroblogRefresh", "Gives a new pair of tokens; its access token is not fresh.")
            .TakesJson<RefreshRequest>().Answers<TokenBody>(200, 401, 422);

        var users = routes.MapOlder("user");
        users.MapGet("/user/", MicroblogUsers.ListUsers).Says("MicroblogListUsers", "Lists all users.").Answers<List<UserBody>>(200);
        users.MapGet("/user/{username}/", MicroblogUsers.GetUserAsync).Says("MicroblogGetUser", "Reads a user.").Answers<UserBody>(200, 404);
        users.MapPost("/user/", MicroblogUsers.CreateUserAsync).Says("MicroblogCreateUser", "Creates a user.").Limited(RateLimit.OlderRegister)
            .TakesJson<UserRequest>().Answers<UserBody>(201, 409, 422);
        users.MapDelete("/user/{username}/", MicroblogUsers.DeleteUserAsync).Says("MicroblogDeleteUser", "Deletes a user; administrators only.")
            .SignedIn(Scopes.WriteAccount).Answers(204, 403, 404);
        users.MapPost("/user/follow/{id}/", MicroblogUsers.FollowAsync).Says("MicroblogFollow", "Follows the user with that id.")
            .SignedIn(Scopes.WriteFollows).Answers<MessageBody>(201, 404, 409, 422);
        users.MapDelete("/user/follow/{id}/", MicroblogUsers.UnfollowAsync).Says("MicroblogUnfollow", "Stops following the user with that id.")
            .SignedIn(Scopes.WriteFollows).Answers(204, 404, 422);
        users.MapGet("/user/timeline/", MicroblogPosts.ListTimeline).Says("MicroblogTimeline", "Lists the posts of all users the caller follows.")
            .SignedIn(Scopes.ReadPosts).TakesQuery("include_replies", JsonSchemaType.Boolean, "Whether replies are listed too.").Answers<List<PostBody>>(200, 422);

        var posts = routes.MapOlder("post");
        posts.MapGet("/post/", MicroblogPosts.ListPosts).Says("MicroblogListPosts", "Lists all posts that are no replies.").Answers<List<PostBody>>(200);
        posts.MapPost("/post/", MicroblogPosts.CreatePostAsync).Says("MicroblogCreatePost", "Writes a post or a reply.")
            .SignedIn(Scopes.WritePosts).TakesJson<PostRequest>().Answers<PostBody>(201, 404, 422);
        posts.MapGet("/post/{post_id}/", MicroblogPosts.GetPostAsync).Says("MicroblogGetPost", "Reads a post with its direct replies.").Answers<PostDetailBody>(200, 404, 422);
        posts.MapPut("/post/{post_id}/", MicroblogPosts.EditPostAsync).Says("MicroblogEditPost", "Changes the text of one's post.")
            .SignedIn(Scopes.WritePosts).TakesJson<TextRequest>().Answers<PostBody>(200, 403, 404, 422);
        posts.MapDelete("/post/{post_id}/", MicroblogPosts.DeletePostAsync).Says("MicroblogDeletePost", "Deletes one's post.")
            .SignedIn(Scopes.WritePosts).Answers(204, 403, 404, 422);
        posts.MapPost("/post/{post_id}/like/", MicroblogPosts.LikeAsync).Says("MicroblogLike", "Likes a post.")
            .SignedIn(Scopes.WriteLikes).Answers<LikeBody>(201, 404, 409, 422);
        posts.MapDelete("/post/{post_id}/like/", MicroblogPosts.UnlikeAsync).Says("MicroblogUnlike", "Takes a like back.")
            .SignedIn(Scopes.WriteLikes).Answers(204, 404, 422);
        posts.MapGet("/post/user/{username}/", MicroblogPosts.ListUserPosts).Says("MicroblogListUserPosts", "Lists the posts of a user; none for an unknown one.")
            .TakesQuery("include_replies", JsonSchemaType.Boolean, "Whether replies are listed too.").Answers<List<PostBody>>(200, 422);
        posts.MapGet("/post/likes/{username}/", MicroblogPosts.ListLikedPosts).Says("MicroblogListLikedPosts", "Lists the posts a user likes; none for an unknown one.").Answers<List<PostBody>>(200);
    }
}
