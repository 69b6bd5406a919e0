using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Ends copies in memory when what they are copies of has changed: here as part of the commit, so that the next read in this
/// process is right, and in the other replicas by a message. A message lost with its process is sent again when its outbox
/// message is taken over; one lost on the way is what <see cref="ChangeBus"/> notices.
/// </summary>
internal sealed class DropCopies : ICommitObserver
{
    private readonly PostCache _posts;
    private readonly ReaderCache _readers;
    private readonly PublicPosts _public;
    private readonly ChangeBus _bus;

    public DropCopies(PostCache posts, ReaderCache readers, PublicPosts publicPosts, ChangeBus bus, CopyTrust trust)
    {
        (_posts, _readers, _public, _bus) = (posts, readers, publicPosts, bus);
        trust.IsHeard = () => bus.IsLive;
        bus.Received += OnReceived;
        bus.Lost += DropAll;
    }

    public void OnCommitted(IEvent e)
    {
        Apply(e);
        _bus.Send(EventCatalog.NameOf(e) + " " + EventCatalog.Write(e));
    }

    private void OnReceived(string message)
    {
        var blank = message.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && EventCatalog.Read(message[..blank], message[(blank + 1)..]) is { } e)
        {
            Apply(e);
        }
        else
        {
            // A newer version says something that this one does not understand; better to know nothing.
            DropAll();
        }
    }

    private void Apply(IEvent e)
    {
        switch (e)
        {
            case PostCreated created:
                _posts.Drop(created.PostId);
                _readers.Peek(created.AuthorId)?.HomeChanged();
                DropParent(created.ParentId);
                if (created.ParentId is null)
                {
                    _public.Add(created.PostId);
                }

                break;
            case PostEdited edited:
                _posts.Drop(edited.PostId);
                break;
            case PostRemoved removed:
                _posts.Drop(removed.PostId);
                DropParent(removed.ParentId);
                break;
            case PostLiked liked:
                _posts.Drop(liked.PostId);
                _readers.Peek(liked.AccountId)?.FlagsChanged(liked.PostId);
                break;
            case PostUnliked unliked:
                _posts.Drop(unliked.PostId);
                _readers.Peek(unliked.AccountId)?.FlagsChanged(unliked.PostId);
                break;
            case BookmarkChanged bookmark:
                _readers.Peek(bookmark.AccountId)?.FlagsChanged(bookmark.PostId);
                break;
            case AccountFollowed followed:
                _readers.Drop(followed.FollowerId);
                break;
            case AccountUnfollowed unfollowed:
                _readers.Drop(unfollowed.FollowerId);
                break;
            case AccountBlocked blocked:
                _readers.Drop(blocked.BlockerId);
                _readers.Drop(blocked.BlockedId);
                break;
            case AccountUnblocked unblocked:
                _readers.Drop(unblocked.BlockerId);
                _readers.Drop(unblocked.BlockedId);
                break;
            case MuteChanged mute:
                _readers.Drop(mute.MuterId);
                break;
            case PostFannedOut fannedOut:
                ForFollowersOf(fannedOut.AuthorId, reader => reader.HomeChanged());
                break;
            case AuthorPulled pulled:
                ForFollowersOf(pulled.AuthorId, reader => _readers.Drop(reader.Id));
                break;
            case ProfileChanged or AccountVisibilityChanged or AccountPurged or FeedRebuildRequested or PostsReindexed:
                DropAll();
                break;
        }
    }

    private void DropParent(long? parentId)
    {
        if (parentId is { } id)
        {
            _posts.Drop(id);
        }
    }

    /// <summary>Looks at every reader in memory: some thousand binary searches, a fraction of a millisecond for each new post.</summary>
    private void ForFollowersOf(long authorId, Action<Reader> change)
    {
        foreach (var reader in _readers.All)
        {
            if (reader.Id == authorId || reader.Follows(authorId))
            {
                change(reader);
            }
        }
    }

    private void DropAll()
    {
        _posts.Clear();
        _readers.Clear();
        _public.Clear();
    }
}
