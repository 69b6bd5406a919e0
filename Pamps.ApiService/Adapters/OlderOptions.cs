namespace Pamps.ApiService.Adapters;

/// <summary>Which older APIs are served. Section <c>Adapters</c>; all are, unless switched off.</summary>
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
}
