namespace Pamps.ApiService.Features.Comments;

/// <summary>Who may comment from where. Section <c>Comments</c>; what it says itself holds for content of no listed site.</summary>
internal sealed class CommentOptions
{
    /// <summary>Whether people without an account may comment by name and e-mail address.</summary>
    public bool AllowGuests { get; set; }

    /// <summary>Whether threads are born moderated: comments wait for approval.</summary>
    public bool Moderated { get; set; }

    /// <summary>The sites that embed threads.</summary>
    public IList<CommentSite> Sites { get; } = [];
}

/// <summary>A site that embeds threads.</summary>
internal sealed class CommentSite
{
    /// <summary>What content belongs to it: starts of content ids, such as <c>https://blog.example/</c> or <c>shop:</c>.</summary>
    public IList<string> Content { get; } = [];

    /// <summary>Origins whose pages may call the comments routes for this content, such as <c>https://blog.example</c>.</summary>
    public IList<string> Origins { get; } = [];

    /// <summary>Whether people without an account may comment by name and e-mail address.</summary>
    public bool AllowGuests { get; set; }

    /// <summary>Whether threads are born moderated.</summary>
    public bool Moderated { get; set; }
}
