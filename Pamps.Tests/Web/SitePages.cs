using Pamps.MigrationService;

namespace Pamps.Tests.Web;

/// <summary>Who looks at a page.</summary>
internal enum Who
{
    /// <summary>Somebody without an account.</summary>
    Stranger,

    /// <summary>Somebody with an account, who may also moderate.</summary>
    Member,

    /// <summary>Somebody who works with debts.</summary>
    BillingOperator,
}

/// <summary>A page to look at.</summary>
/// <param name="Route">The route of its component; none for pages that are answers.</param>
/// <param name="Address">The address to look at; <see cref="DemoSite.Ids"/> stand for the names in braces.</param>
/// <param name="Who">Who looks.</param>
/// <param name="Status">The status of the answer.</param>
internal sealed record SitePage(string? Route, string Address, Who Who, int Status = 200)
{
    /// <inheritdoc />
    public override string ToString() => $"{Address} ({Who})";
}

/// <summary>Every page of the site.</summary>
internal static class SitePages
{
    /// <summary>Content that other sites show comments on, with a few of them.</summary>
    public const string Content = "https://example.org/article";

    private static readonly string ContentQuery = "?id=" + Uri.EscapeDataString(Content);

    /// <summary>The pages, each with the eyes that matter.</summary>
    public static IReadOnlyList<SitePage> All { get; } =
    [
        new("/", "/", Who.Stranger),
        new("/public", "/public", Who.Stranger),
        new("/tags/{Name}", "/tags/pamps", Who.Stranger),
        new("/@{Username}", $"/@{DevelopmentSeed.Administrator}", Who.Stranger),
        new("/@{Username}/{Tab:regex(^(replies|likes)$)}", $"/@{DevelopmentSeed.Administrator}/replies", Who.Stranger),
        new("/@{Username}/{Tab:regex(^(replies|likes)$)}", $"/@{DevelopmentSeed.Administrator}/likes", Who.Stranger),
        new("/@{Username}/followers", $"/@{DevelopmentSeed.Administrator}/followers", Who.Stranger),
        new("/@{Username}/following", $"/@{DevelopmentSeed.Administrator}/following", Who.Stranger),
        new("/posts/{PostId:long}", "/posts/{thread}", Who.Stranger),
        new("/posts/{PostId:long}/replies", "/posts/{thread}/replies", Who.Stranger),
        new("/posts/{PostId:long}/history", "/posts/{thread}/history", Who.Stranger),
        new("/search", "/search", Who.Stranger),
        new("/search", "/search?q=a", Who.Stranger),
        new("/content", "/content" + ContentQuery, Who.Stranger),
        new("/content", "/content?guests&id=" + Uri.EscapeDataString(AppModel.GuestContent + "article"), Who.Stranger),
        new("/embed", "/embed" + ContentQuery, Who.Stranger),
        new("/embed", "/embed?guests&id=" + Uri.EscapeDataString(AppModel.ModeratedGuestContent + "article"), Who.Stranger),
        new("/embed/demo", "/embed/demo", Who.Stranger),
        new("/sign-in", "/sign-in", Who.Stranger),
        new("/register", "/register", Who.Stranger),
        new("/about", "/about", Who.Stranger),
        new("/privacy", "/privacy", Who.Stranger),
        new("/shortcuts", "/shortcuts", Who.Stranger),
        new("/settings/appearance", "/settings/appearance", Who.Stranger),
        new(null, "/nothing/here", Who.Stranger, 404),
        new(null, "/posts/{gone}", Who.Stranger, 410),
        new("/", "/", Who.Member),
        new("/compose", "/compose", Who.Member),
        new("/compose", "/compose?reply={thread}", Who.Member),
        new("/posts/{PostId:long}", "/posts/{thread}", Who.Member),
        new("/posts/{PostId:long}/edit", "/posts/{own}/edit", Who.Member),
        new("/posts/{PostId:long}/delete", "/posts/{own}/delete", Who.Member),
        new("/@{Username}", $"/@{DevelopmentSeed.Administrator}", Who.Member),
        new("/@{Username}", $"/@{DevelopmentSeed.BillingOperator}", Who.Member),
        new("/@{Username}/{Relation:regex(^(mute|block)$)}", $"/@{DevelopmentSeed.BillingOperator}/mute", Who.Member),
        new("/report", "/report?post={thread}", Who.Member),
        new("/report", "/report?done=true", Who.Member),
        new("/search", "/search?q=ana&type=accounts", Who.Member),
        new("/search", "/search?q=pam&type=tags", Who.Member),
        new("/search", "/search?q=nowheretobefound", Who.Member),
        new("/notifications", "/notifications", Who.Member),
        new("/bookmarks", "/bookmarks", Who.Member),
        new("/likes", "/likes", Who.Member),
        new("/content", "/content" + ContentQuery, Who.Member),
        new("/moderation/reports", "/moderation/reports", Who.Member),
        new("/moderation/reports", "/moderation/reports?state=resolved", Who.Member),
        new("/settings", "/settings", Who.Member),
        new("/settings/profile", "/settings/profile", Who.Member),
        new("/settings/password", "/settings/password", Who.Member),
        new("/settings/appearance", "/settings/appearance", Who.Member),
        new("/settings/language", "/settings/language", Who.Member),
        new("/settings/keyboard", "/settings/keyboard", Who.Member),
        new("/settings/sessions", "/settings/sessions", Who.Member),
        new("/settings/api-keys", "/settings/api-keys", Who.Member),
        new("/settings/blocks", "/settings/blocks", Who.Member),
        new("/settings/data", "/settings/data", Who.Member),
        new("/billing", "/billing", Who.BillingOperator),
        new("/billing/boletos/{BoletoId:long}", "/billing/boletos/{boleto}", Who.BillingOperator),
        new("/billing/import", "/billing/import", Who.BillingOperator),
        new("/billing/imports", "/billing/imports", Who.BillingOperator),
        new("/billing/imports/{ImportId:long}", "/billing/imports/{import}", Who.BillingOperator),
        new("/billing/statistics", "/billing/statistics", Who.BillingOperator),
        new(null, "/moderation/reports", Who.BillingOperator, 403),
    ];

    /// <summary>Routes of pages that need a form that was interrupted; <see cref="WritingTests"/> looks at them.</summary>
    public static IReadOnlyList<string> NotByAddress { get; } = ["/resume/{Key}"];

    /// <summary>The pages of some eyes, for theories.</summary>
    /// <param name="who">Whose.</param>
    public static TheoryData<string> Of(Who who) => [.. All.Where(page => page.Who == who).Select(page => page.Address)];
}
