using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>How somebody looks at the site.</summary>
/// <param name="Phone">On a phone, else on a desktop.</param>
/// <param name="Dark">In the dark.</param>
/// <param name="Language">The preferred language.</param>
/// <param name="Scripts">Whether scripts run.</param>
public sealed record Look(bool Phone = false, bool Dark = false, string Language = "en-US", bool Scripts = true)
{
    /// <summary>The combinations that every page is looked at in.</summary>
    public static IReadOnlyList<Look> All { get; } = [new(), new(Dark: true), new(Phone: true, Language: "pt-BR"), new(Phone: true, Dark: true, Language: "pt-BR")];

    /// <summary>A name for files.</summary>
    public string Name => $"{(Phone ? "phone" : "desktop")}-{(Dark ? "dark" : "light")}";

    /// <inheritdoc />
    public override string ToString() => $"{Name}, {(Scripts ? "with" : "without")} scripts";

    internal BrowserNewContextOptions Options(Uri site, string? storage = null) => new()
    {
        BaseURL = site.ToString(),
        ViewportSize = Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
        DeviceScaleFactor = Phone ? 2 : 1,
        IsMobile = Phone,
        HasTouch = Phone,
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        // Nothing moves while it is looked at.
        ReducedMotion = ReducedMotion.Reduce,
        Locale = Language,
        TimezoneId = "America/Sao_Paulo",
        JavaScriptEnabled = Scripts,
        StorageState = storage,
    };
}
