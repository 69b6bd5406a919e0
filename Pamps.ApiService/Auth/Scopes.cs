namespace Pamps.ApiService.Auth;

/// <summary>What credentials may allow. <see cref="Read"/> and <see cref="Write"/> contain the finer ones; those of billing and administration are never implied.</summary>
internal static class Scopes
{
    /// <summary>All of <c>read:…</c>.</summary>
    public const string Read = "read";

    /// <summary>All of <c>write:…</c>.</summary>
    public const string Write = "write";

    /// <summary>One's own account, sessions and keys.</summary>
    public const string ReadAccount = "read:account";

    /// <summary>Posts, feeds, search, as the account sees them.</summary>
    public const string ReadPosts = "read:posts";

    /// <summary>Private bookmarks.</summary>
    public const string ReadBookmarks = "read:bookmarks";

    /// <summary>Relations, blocks and mutes.</summary>
    public const string ReadFollows = "read:follows";

    /// <summary>Notifications and the live stream.</summary>
    public const string ReadNotifications = "read:notifications";

    /// <summary>Profile, e-mail address, exports.</summary>
    public const string WriteAccount = "write:account";

    /// <summary>Posts and replies.</summary>
    public const string WritePosts = "write:posts";

    /// <summary>Likes.</summary>
    public const string WriteLikes = "write:likes";

    /// <summary>Bookmarks.</summary>
    public const string WriteBookmarks = "write:bookmarks";

    /// <summary>Follows.</summary>
    public const string WriteFollows = "write:follows";

    /// <summary>Blocks and mutes.</summary>
    public const string WriteBlocks = "write:blocks";

    /// <summary>Marking notifications and feeds read.</summary>
    public const string WriteNotifications = "write:notifications";

    /// <summary>Comments on outside content.</summary>
    public const string WriteComments = "write:comments";

    /// <summary>Reports to the moderators.</summary>
    public const string WriteReports = "write:reports";

    /// <summary>Reading imports and boletos.</summary>
    public const string BillingRead = "billing:read";

    /// <summary>Importing debts and recording payments.</summary>
    public const string BillingWrite = "billing:write";

    /// <summary>Reading the queue of reports and the audit log.</summary>
    public const string AdminRead = "admin:read";

    /// <summary>Resolving reports and suspending accounts.</summary>
    public const string AdminWrite = "admin:write";

    /// <summary>What a client gets that asks for nothing.</summary>
    public const string Default = $"{Read} {Write}";

    /// <summary>Every scope with what it allows, for documents and validation.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        [Read] = "All of read:…",
        [Write] = "All of write:…",
        [ReadAccount] = "One's own account, sessions and keys",
        [ReadPosts] = "Posts, feeds and search as the account sees them",
        [ReadBookmarks] = "Private bookmarks",
        [ReadFollows] = "Relations, blocks and mutes",
        [ReadNotifications] = "Notifications and the live stream",
        [WriteAccount] = "Profile, e-mail address, exports",
        [WritePosts] = "Posts and replies",
        [WriteLikes] = "Likes",
        [WriteBookmarks] = "Bookmarks",
        [WriteFollows] = "Follows",
        [WriteBlocks] = "Blocks and mutes",
        [WriteNotifications] = "Marking notifications and feeds read",
        [WriteComments] = "Comments on outside content",
        [WriteReports] = "Reports to the moderators",
        [BillingRead] = "Reading imports and boletos",
        [BillingWrite] = "Importing debts and recording payments",
        [AdminRead] = "Reading the queue of reports and the audit log",
        [AdminWrite] = "Resolving reports and suspending accounts",
    };

    /// <summary>Whether granted scopes, separated by blanks, contain one, by name or by its family.</summary>
    /// <param name="granted">The granted scopes.</param>
    /// <param name="scope">The scope asked for.</param>
    public static bool Contains(ReadOnlySpan<char> granted, string scope)
    {
        var family = scope.StartsWith("read:", StringComparison.Ordinal) ? Read
            : scope.StartsWith("write:", StringComparison.Ordinal) ? Write
            : scope;
        foreach (var range in granted.Split(' '))
        {
            if (granted[range].SequenceEqual(scope) || granted[range].SequenceEqual(family))
            {
                return true;
            }
        }

        return false;
    }
}
