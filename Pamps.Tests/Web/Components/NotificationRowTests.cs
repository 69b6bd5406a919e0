extern alias Web;

using System.Net;
using Web::Pamps.ApiService.Contracts;
using Web::Pamps.Web.Components.Notifications;

namespace Pamps.Tests.Web.Components;

/// <summary>What happened, in words.</summary>
public sealed class NotificationRowTests
{
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
}
