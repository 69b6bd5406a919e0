using Microsoft.OpenApi;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The posts, users and votes API: users by e-mail address, posts with title and drafts, votes, which are likes. Replies
/// are not in its lists; drafts are their owner's alone, which the original did not keep.
/// </summary>
internal static class VotesApi
{
    public static void MapVotesApi(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapOlder("Authentication");
        auth.MapPost("/login", VotesUsers.SignInAsync).Says("VotesSignIn", "Signs in with e-mail address and password.").Limited(RateLimit.SignIn)
            .TakesForm<SignInForm>().Answers<LoginBody>(200, 403, 422);

        var users = routes.MapOlder("Users");
        users.MapPost("/users/", VotesUsers.CreateUserAsync).Says("VotesCreateUser", "Creates a user.").Limited(RateLimit.OlderRegister).TakesJson<VoterRequest>().Answers<VoterBody>(201, 409, 422);
        users.MapGet("/users/{id}", VotesUsers.GetUserAsync).Says("VotesGetUser", "Reads a user, e-mail address included.").Answers<VoterBody>(200, 404, 422);

        var posts = routes.MapOlder("Posts");
        posts.MapGet("/posts/", VotesPosts.ListPosts).Says("VotesListPosts", "Lists posts with their votes, oldest first.").SignedIn(Scopes.ReadPosts)
            .TakesQuery("limit", JsonSchemaType.Integer, "Most posts in the answer, 0 to 1000; 10 when absent.")
            .TakesQuery("skip", JsonSchemaType.Integer, "Posts to leave out at the beginning.")
            .TakesQuery("page", JsonSchemaType.Integer, "Number of a page of limit posts, from 1; not together with skip.")
            .TakesQuery("search", JsonSchemaType.String, "Only posts whose title contains this text, letter case included.")
            .TakesQuery("sort", JsonSchemaType.String, "created_at (default) or -created_at.")
            .Answers<List<VotedPostBody>>(200, 422);
        posts.MapPost("/posts/", VotesPosts.CreatePostAsync).Says("VotesCreatePost", "Writes a post, or a draft.").SignedIn(Scopes.WritePosts)
            .TakesJson<TitledPostRequest>().Answers<TitledPostBody>(201, 422);
        posts.MapGet("/posts/{id}", VotesPosts.GetPostAsync).Says("VotesGetPost", "Reads a post with its votes.").SignedIn(Scopes.ReadPosts).Answers<VotedPostBody>(200, 404, 422);
        posts.MapPut("/posts/{id}", VotesPosts.EditPostAsync).Says("VotesEditPost", "Replaces one's post.").SignedIn(Scopes.WritePosts)
            .TakesJson<TitledPostRequest>().Answers<TitledPostBody>(200, 403, 404, 422);
        posts.MapDelete("/posts/{id}", VotesPosts.DeletePostAsync).Says("VotesDeletePost", "Deletes one's post.").SignedIn(Scopes.WritePosts).Answers(204, 403, 404, 422);

        var votes = routes.MapOlder("Vote");
        votes.MapPost("/vote/", VotesPosts.VoteAsync).Says("Vote", "Votes for a post (dir 1), or takes the vote back (dir 0 or less).").SignedIn(Scopes.WriteLikes)
            .TakesJson<VoteRequest>().Answers<MessageBody>(201, 404, 409, 422);
    }
}
