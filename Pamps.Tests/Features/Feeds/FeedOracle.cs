using System.Globalization;

namespace Pamps.Tests.Features.Feeds;

/// <summary>Home feeds as they have to be, kept in plain memory beside the product: it knows neither its queries nor its caches.</summary>
internal sealed class FeedOracle
{
    private readonly HashSet<(string Reader, string Author)> _follows = [];
    private readonly HashSet<(string Reader, string Author)> _mutes = [];
    private readonly HashSet<(string One, string Other)> _blocks = [];
    private readonly List<(string Id, string Author)> _posts = [];
    private readonly HashSet<string> _deleted = [];

    public void Posted(string author, string postId) => _posts.Add((postId, author));

    public void Deleted(string postId) => _deleted.Add(postId);

    public void Followed(string reader, string author) => _follows.Add((reader, author));

    public void Unfollowed(string reader, string author) => _follows.Remove((reader, author));

    public void Muted(string reader, string author) => _mutes.Add((reader, author));

    public void Unmuted(string reader, string author) => _mutes.Remove((reader, author));

    public void Blocked(string one, string other)
    {
        _blocks.Add((one, other));
        _follows.Remove((one, other));
        _follows.Remove((other, one));
    }

    public void Unblocked(string one, string other) => _blocks.Remove((one, other));

    /// <summary>The whole home feed of somebody, newest first.</summary>
    public List<string> HomeOf(string reader) =>
    [
        .. _posts
            .Where(post => !_deleted.Contains(post.Id))
            .Where(post => post.Author == reader || (_follows.Contains((reader, post.Author)) && !_mutes.Contains((reader, post.Author)) &&
                !_blocks.Contains((reader, post.Author)) && !_blocks.Contains((post.Author, reader))))
            .Select(post => post.Id)
            .OrderByDescending(id => long.Parse(id, CultureInfo.InvariantCulture)),
    ];
}
