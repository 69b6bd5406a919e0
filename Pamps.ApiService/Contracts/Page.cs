namespace Pamps.ApiService.Contracts;

/// <summary>One page of a list, with the cursors of its neighbours.</summary>
/// <param name="Items">The items, in the order of the list.</param>
/// <param name="NextCursor">Cursor of the following page; absent at the end.</param>
/// <param name="PrevCursor">Cursor of the preceding page, if there may be one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, string? PrevCursor);
