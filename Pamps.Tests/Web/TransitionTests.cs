using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>The moment between two pages: the post one opens becomes the page of it, unless one asked for no motion.</summary>
public sealed class TransitionTests
{
    // Kept beyond the page: whether it was revealed by a transition, and which elements were given a name for it.
    private const string Watch = """
        addEventListener('pagereveal', event => {
            const kept = JSON.parse(sessionStorage.getItem('reveals') ?? '[]');
            sessionStorage.setItem('reveals', JSON.stringify([...kept, event.viewTransition ? 'transition' : 'plain']));
        });
        new MutationObserver(changes => {
            for (const { target } of changes) {
                if (target.style?.viewTransitionName) sessionStorage.setItem('named', (sessionStorage.getItem('named') ?? '') + `${location.pathname} ${target.id}=${target.style.viewTransitionName};`);
            }
        }).observe(document, { subtree: true, attributes: true, attributeFilter: ['style'] });
        """;

    [Theory]
    [InlineData(ReducedMotion.NoPreference, "transition")]
    [InlineData(ReducedMotion.Reduce, "plain")]
    public async Task A_page_follows_the_other_softly_unless_motion_is_unwelcome(ReducedMotion motion, string expected)
    {
        var writer = await SiteAccount.RegisterAsync("moving");
        var post = await writer.PostAsync("Opened softly.");
        await using var visitor = await SiteVisitor.ArriveAsync();
        var page = visitor.Page;
        await page.EmulateMediaAsync(new() { ReducedMotion = motion });
        await page.AddInitScriptAsync(Watch);

        // A browser that is busy gives a transition up and just navigates: then once more.
        var revealed = await Eventually.Be(OpenAsync, revealed => revealed == expected);

        Assert.Equal(expected, revealed);
        if (motion is ReducedMotion.NoPreference)
        {
            await Eventually.Be(
                () => page.EvaluateAsync<string>("() => sessionStorage.getItem('named') ?? ''"),
                named => named.Contains($"/posts/{post.Id} post-{post.Id}=post;", StringComparison.Ordinal));
            // The name is taken back, or the next page with such a post would have it twice.
            await page.WaitForFunctionAsync("() => !document.querySelector('.main-post').style.viewTransitionName");
        }

        Assert.Empty(visitor.Troubles);

        async Task<string?> OpenAsync()
        {
            await visitor.GoAsync($"/@{writer.Username}");
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await visitor.PostWith("Opened softly.").Locator(".post-time").ClickAsync();
            await page.WaitForURLAsync(url => url.EndsWith($"/posts/{post.Id}", StringComparison.Ordinal));
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            return await page.EvaluateAsync<string?>("() => JSON.parse(sessionStorage.getItem('reveals') ?? '[]').at(-1)");
        }
    }
}
