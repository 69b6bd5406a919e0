namespace Pamps.ApiService.Outbox;

// Everything that has consequences elsewhere. An event says what to look at, not what to do: messages arrive at least
// once and in any order, so handlers read the present state and treat the event as a hint.

/// <summary>A post became visible: written, published from a draft, or restored.</summary>
internal sealed record PostCreated(long PostId, long AuthorId, long? ParentId) : IEvent;

/// <summary>A post has a new wording.</summary>
internal sealed record PostEdited(long PostId, long AuthorId) : IEvent;

/// <summary>A post is no longer visible: deleted, hidden, or taken back into a draft.</summary>
internal sealed record PostRemoved(long PostId, long AuthorId, long? ParentId) : IEvent;

/// <summary>An account likes a post.</summary>
internal sealed record PostLiked(long PostId, long AccountId) : IEvent;

/// <summary>An account took its like back.</summary>
internal sealed record PostUnliked(long PostId, long AccountId) : IEvent;

/// <summary>An account added or removed a bookmark.</summary>
internal sealed record BookmarkChanged(long PostId, long AccountId) : IEvent;

/// <summary>An account follows another; <paramref name="FeedVersion"/> is the follower's, after the change.</summary>
internal sealed record AccountFollowed(long FollowerId, long FolloweeId, long FeedVersion) : IEvent;

/// <summary>A follow ended; <paramref name="FeedVersion"/> is the follower's, after the change.</summary>
internal sealed record AccountUnfollowed(long FollowerId, long FolloweeId, long FeedVersion) : IEvent;

/// <summary>Two accounts became invisible to each other.</summary>
internal sealed record AccountBlocked(long BlockerId, long BlockedId) : IEvent;

/// <summary>A block ended.</summary>
internal sealed record AccountUnblocked(long BlockerId, long BlockedId) : IEvent;

/// <summary>A mute began, ended or changed.</summary>
internal sealed record MuteChanged(long MuterId, long MutedId) : IEvent;

/// <summary>Name, picture or the like changed; they stand beside every post of the account.</summary>
internal sealed record ProfileChanged(long AccountId) : IEvent;

/// <summary>An account and all it wrote vanished or came back: suspended, lifted, deleted, returned.</summary>
internal sealed record AccountVisibilityChanged(long AccountId) : IEvent;

/// <summary>The grace time of a deleted account is over: what is left of it goes.</summary>
internal sealed record AccountPurged(long AccountId) : IEvent;

/// <summary>Somebody reported a post, a comment or an account.</summary>
internal sealed record ReportFiled(long ReportId) : IEvent;

/// <summary>A moderator ended a report.</summary>
internal sealed record ReportResolved(long ReportId) : IEvent;

/// <summary>An account asked for a copy of everything it owns.</summary>
internal sealed record ExportRequested(long ExportId) : IEvent;

/// <summary>The home feed of one account, or of all when null, shall be built anew.</summary>
internal sealed record FeedRebuildRequested(long? AccountId) : IEvent;

/// <summary>Tags and searched words of all posts shall be found anew.</summary>
internal sealed record PostReindexRequested : IEvent;

/// <summary>They were found: copies of posts in memory may show tags of before.</summary>
internal sealed record PostsReindexed : IEvent;

/// <summary>Counts of a file of debts moved: it arrived, rows were stored, boletos issued or mailed. Told now and then, not for each.</summary>
internal sealed record ImportAdvanced(long ImportId) : IEvent;

/// <summary>Every row of a file of debts is stored.</summary>
internal sealed record ImportCompleted(long ImportId, long? AccountId) : IEvent;

/// <summary>A post has reached the feeds in Redis. Only announced, never stored: it ends copies in memory.</summary>
internal sealed record PostFannedOut(long PostId, long AuthorId) : IEvent;

/// <summary>An author has too many followers to fan out to from now on. Only announced.</summary>
internal sealed record AuthorPulled(long AuthorId) : IEvent;

/// <summary>An account was told something.</summary>
internal sealed record NotificationCreated(long NotificationId, long RecipientId) : IEvent;

/// <summary>An account marked notifications read.</summary>
internal sealed record NotificationsRead(long AccountId) : IEvent;
