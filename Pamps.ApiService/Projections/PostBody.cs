namespace Pamps.ApiService.Projections;

/// <summary>Who may see a post.</summary>
internal enum PostState
{
    /// <summary>Everybody but those blocked.</summary>
    Visible,

    /// <summary>Its author.</summary>
    Draft,

    /// <summary>Nobody; a tombstone keeps its place in a thread. Its author or a moderator, or its author's absence, made it so.</summary>
    Gone,
}

/// <summary>
/// A post as it goes over the wire, written once and sent many times: everything that is the same for all readers. What
/// differs, the state of the reader, is added behind it.
/// </summary>
internal sealed class PostBody : Copy
{
    public required long Id { get; init; }

    public required long AuthorId { get; init; }

    public required long? ParentId { get; init; }

    public required PostState State { get; init; }

    public required int Version { get; init; }

    /// <summary>The JSON object without its closing brace; a tombstone for <see cref="PostState.Gone"/>.</summary>
    public required byte[] Json { get; init; }

    /// <summary>Of <see cref="Json"/>, for entity tags.</summary>
    public required ulong Hash { get; init; }
}

/// <summary>What a post is to its reader.</summary>
[Flags]
internal enum PostFlags : byte
{
    None = 0,
    Liked = 1,
    Bookmarked = 2,
    CanEdit = 4,

    /// <summary>There is a reader; without one nothing is said of it.</summary>
    SignedIn = 8,
}
