using System.Collections.Frozen;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>
/// User names nobody may have: words that are routes of one of the APIs or of the site, where an account of that name
/// would be shadowed or would shadow; and names that pretend to speak for the service.
/// </summary>
internal static class ReservedUsernames
{
    private static readonly FrozenSet<string> Names = string.Join(' ',
        "about account accounts activity admin administrator administrador alive api apikeys app assets auth billing block blocks",
        "blog blogs boleto boletos bookmark bookmarks by_id comment comments compose content css debt debts docs download edit emoji",
        "error explore export exports favicon feed feeds follow follower followers following graphql health help hidden home",
        "hubs id import imports index info instance js languages legal like liked likes list lists live localhost login logout",
        "mail markers me media mention mentions messages moderation moderator mute mutes new nodeinfo notification notifications",
        "null oauth openapi pamps password payments pix post posts postmaster privacy problems process_file profile public queue",
        "rc read redoc refresh_token register relationships remove replies reply report reports restore robots root rss saved search",
        "security session sessions settings share signin signout signup sitemap source sso static statistics stats status stream",
        "support suspended swagger system tag tags terms test_endpoint thread threads timeline token trending undefined user users",
        "vote votes web webhook webmaster well_known ws www")
        .Split(' ').ToFrozenSet();

    /// <summary>Whether nobody may have a name.</summary>
    /// <param name="username">The name in lower case.</param>
    public static bool Contains(string username) => Names.Contains(username);
}
