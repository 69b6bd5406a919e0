namespace Pamps.ApiService.Contracts;

/// <summary>What a search found, of the kind asked for.</summary>
/// <param name="Type"><c>posts</c>, <c>accounts</c> or <c>tags</c>.</param>
/// <param name="Posts">Found posts, best first.</param>
/// <param name="Accounts">Found accounts, best first.</param>
/// <param name="Tags">Found tags, most used first.</param>
/// <param name="NextCursor">Cursor of the following page; absent at the end.</param>
public sealed record SearchResponse(
    string Type,
    IReadOnlyList<PostResponse> Posts,
    IReadOnlyList<AccountSummary> Accounts,
    IReadOnlyList<TagResponse> Tags,
    string? NextCursor);
