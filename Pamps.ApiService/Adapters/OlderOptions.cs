namespace Pamps.ApiService.Adapters;

/// <summary>Which older APIs are served, and what they let in. Section <c>Adapters</c>; all are served, unless switched off.</summary>
internal sealed class OlderOptions
{
    /// <summary>The micro-blog API: <c>/token</c>, <c>/user/…</c>, <c>/post/…</c>.</summary>
    public bool Microblog { get; set; } = true;

    /// <summary>The posts, users and votes API: <c>/login</c>, <c>/users/…</c>, <c>/posts/…</c>, <c>/vote/</c>.</summary>
    public bool Votes { get; set; } = true;

    /// <summary>The comments API: <c>/api/comment/…</c>.</summary>
    public bool Comments { get; set; } = true;

    /// <summary>The tutorial blog: <c>/blog/…</c>.</summary>
    public bool Blog { get; set; } = true;

    /// <summary>The intake of debts: <c>/process-file</c>, <c>/webhook</c>.</summary>
    public bool Debts { get; set; } = true;

    /// <summary>
    /// Whether passwords of new accounts may be of any length here, as clients of the originals choose them (five characters).
    /// Off, the rules of <c>/api/v1</c> hold here too.
    /// </summary>
    public bool ShortPasswords { get; set; } = true;
}
