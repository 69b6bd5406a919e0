using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>
/// Somebody without a mouse. Wherever the focus goes it is seen: the element has a ring, lies within the window and
/// under no bar; and whatever is pressed, the focus is not lost.
/// </summary>
internal sealed class Keyboard(IPage page)
{
    private const int MostPresses = 400;

    // Where the focus is, and what is wrong with that. On the body there is none: a fresh document, or past the last stop.
    private const string Focus = """
        () => {
            const e = document.activeElement;
            if (!e || e === document.body) return '';
            // The ring may be around the box that a field fills.
            const ringed = element => element && getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) >= 2;
            const ring = ringed(e) || ringed(e.closest('form')) || e.matches('[tabindex="-1"]');
            const box = e.getBoundingClientRect();
            const left = Math.max(0, box.left), right = Math.min(innerWidth, box.right), top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom);
            if (right <= left || bottom <= top) return `out of the window: ${e.outerHTML.slice(0, 200)}`;
            if (!ring) return `without a ring: ${e.outerHTML.slice(0, 200)}`;
            const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            const covered = over?.closest('.bar, .places') && !over.contains(e) && !e.contains(over) && !e.closest('.bar, .places');
            return covered ? `covered: ${e.outerHTML.slice(0, 200)}` : 'seen';
        }
        """;

    /// <summary>Presses Tab until an element has the focus.</summary>
    /// <param name="target">The element.</param>
    /// <param name="key">Another key that walks.</param>
    public async Task WalkToAsync(ILocator target, string key = "Tab")
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        var wrapped = 0;
        for (var presses = 0; presses < MostPresses && wrapped < 3; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync(key);
            var focus = await page.EvaluateAsync<string>(Focus);
            Assert.True(focus is "seen" or "", focus);
            wrapped += focus.Length == 0 ? 1 : 0;
        }

        Assert.Fail($"No way by {key} to {target}.");
    }

    /// <summary>Walks to an element and presses Enter.</summary>
    /// <param name="target">The element.</param>
    /// <param name="key">Another key that presses.</param>
    public async Task PressAsync(ILocator target, string key = "Enter")
    {
        await WalkToAsync(target);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Walks to a field and types.</summary>
    /// <param name="target">The field.</param>
    /// <param name="text">The text.</param>
    public async Task TypeAsync(ILocator target, string text)
    {
        await WalkToAsync(target);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Presses keys where the focus is.</summary>
    /// <param name="keys">The keys, one after the other.</param>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>Presses keys that lead elsewhere, once the page listens, and again if the machine was too busy to see them together.</summary>
    /// <param name="arrived">Whether the address is the one expected.</param>
    /// <param name="keys">The keys, one after the other.</param>
    public async Task GoAsync(Func<string, bool> arrived, params string[] keys)
    {
        for (var attempt = 1; ; attempt++)
        {
            await page.WaitForLoadStateAsync();
            await PressAsync(keys);
            try
            {
                await page.WaitForURLAsync(arrived, new() { Timeout = 5_000 });
                return;
            }
            catch (TimeoutException) when (attempt < 3)
            {
                // Nothing was seen of the keys; a second press on the way would be one of the page that is arriving.
            }
        }
    }

    /// <summary>Asserts that something has the focus, and visibly.</summary>
    public async Task AssertFocusAsync() => Assert.Equal("seen", await page.EvaluateAsync<string>(Focus));
}
