extern alias Web;

using System.Net;
using System.Text.RegularExpressions;
using Web::Pamps.ApiService.Contracts;
using Web::Pamps.Web.Components.Notifications;

namespace Pamps.Tests.Web.Components;

/// <summary>What happened, in words.</summary>
public sealed partial class NotificationRowTests
{
    [Theory]
    [InlineData("en", 1, "Ana Moura now follows you")]
    [InlineData("en", 2, "Ana Moura and 1 other now follow you")]
    [InlineData("pt-BR", 1, "Ana Moura agora segue você")]
    [InlineData("pt-BR", 3, "Ana Moura e mais 2 pessoas agora seguem você")]
    public async Task What_several_people_did_is_said_of_several(string language, int count, string expected)
    {
        var follow = new NotificationResponse("7", NotificationType.Follow, Markup.Now, false, [new("3", "ana", "Ana Moura", null)], count, null, null, null);

        var html = await Markup.OfAsync<NotificationRow>(new { Item = follow }, signedInAs: "joao", language);

        var words = Tag().Replace(WebUtility.HtmlDecode(html), "");
        Assert.Contains(expected, Blank().Replace(words, " "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "A moderator warns you.")]
    [InlineData("pt-BR", "A moderação adverte você.")]
    public async Task A_warning_shows_the_moderators_words_as_text(string language, string expected)
    {
        var warning = new NotificationResponse("7", NotificationType.Warning, Markup.Now, false, [], 0, Markup.Post("buy this"), null, "No <b>advertising</b>.");

        var html = await Markup.OfAsync<NotificationRow>(new { Item = warning }, signedInAs: "ana", language);

        Assert.Contains(expected, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("No &lt;b&gt;advertising&lt;/b&gt;.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/posts/12\"", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
