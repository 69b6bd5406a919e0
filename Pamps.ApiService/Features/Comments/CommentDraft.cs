namespace Pamps.ApiService.Features.Comments;

/// <summary>A comment that passed the checks of its form, on its way into a thread.</summary>
/// <param name="Content">What it is about.</param>
/// <param name="Text">The cleaned text.</param>
/// <param name="ParentId">The comment it answers.</param>
/// <param name="AuthorId">The account that writes, or for whose site a key writes.</param>
/// <param name="AuthorName">The name of somebody without an account.</param>
/// <param name="AuthorEmail">The address of somebody without an account.</param>
/// <param name="ByModerator">Moderators need no approval and may write where others may not.</param>
internal sealed record CommentDraft(
    ContentId Content, string Text, long? ParentId, long? AuthorId, string? AuthorName, string? AuthorEmail, bool ByModerator);

/// <summary>How storing a comment went.</summary>
internal enum CommentOutcome
{
    /// <summary>It is stored.</summary>
    Added,

    /// <summary>The thread is locked.</summary>
    Locked,

    /// <summary>The thread is hidden, or the comment to answer is not there for this writer.</summary>
    NotFound,
}
