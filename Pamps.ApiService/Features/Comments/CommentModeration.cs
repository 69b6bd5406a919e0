using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Features.Comments;

/// <summary>Who acts as a moderator of comments: the account must be one, and the credentials must say that they are used as such.</summary>
internal static class CommentModeration
{
    /// <summary>Whether the caller sees what is hidden or waits.</summary>
    public static bool MayReadAll(this CurrentUser user) => user.IsModerator && user.HasScope(Scopes.AdminRead);

    /// <summary>Whether the caller writes where others may not, and removes what others wrote.</summary>
    public static bool MayModerate(this CurrentUser user) => user.IsModerator && user.HasScope(Scopes.AdminWrite);
}
