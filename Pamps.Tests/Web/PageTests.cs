using System.Text.RegularExpressions;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.Web;

/// <summary>
/// Every page, on desktop in English and on a phone in Portuguese, light and dark: it answers, nothing breaks in the
/// browser, nothing overflows, axe-core finds nothing. What was seen is kept as pictures for people to look at, below
/// <c>artifacts/screenshots</c>; this class and those of <see cref="StatesPageTests"/> alone make them:
/// <c>dotnet test --filter FullyQualifiedName~PageTests</c>.
/// </summary>
public abstract partial class PageTests : IAsyncLifetime
{
    private static readonly Look[] Devices = [new(), new(Phone: true, Language: "pt-BR")];

    private readonly Dictionary<Look, SiteVisitor> _windows = [];
    private DemoSite _demo = null!;

    public async Task InitializeAsync() => _demo = await DemoSite.GetAsync();

    public async Task DisposeAsync()
    {
        foreach (var window in _windows.Values)
        {
            await window.DisposeAsync();
        }
    }

    private protected async Task LookAsync(string address, Who who)
    {
        var page = SitePages.All.Single(known => known.Address == address && known.Who == who);
        var found = new List<string>();
        foreach (var device in Devices)
        {
            if (!_windows.TryGetValue(device, out var visitor))
            {
                _windows[device] = visitor = await _demo.ArriveAsync(device, who);
            }

            var response = await visitor.GoAsync(_demo.AddressOf(page));
            var language = await visitor.Page.EvaluateAsync<string>("() => document.documentElement.lang");
            Expect(response.Status == page.Status, $"status {response.Status}");
            // Members have chosen a language; strangers get what their browser asks for.
            Expect(who is not Who.Stranger || language.Split('-')[0] == device.Language.Split('-')[0], $"language {language}");
            // The sign-in page is sound too, and not what was to be looked at.
            Expect(who is Who.Stranger || await visitor.Page.Locator("button[formaction='/sign-out']").CountAsync() > 0, "signed out");
            foreach (var dark in (bool[])[false, true])
            {
                found.AddRange(await Soundness.OfAsync(visitor, device with { Dark = dark }, NameOf(page)));
            }

            found.AddRange(visitor.TakeTroubles());

            void Expect(bool asExpected, string otherwise)
            {
                if (!asExpected)
                {
                    found.Add($"{device}: {otherwise}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    private static string NameOf(SitePage page)
    {
        var name = NotForFiles().Replace(page.Address.Replace(SitePages.Content, "", StringComparison.Ordinal).Split("id=")[0], "-").Trim('-');
        var eyes = page.Who switch { Who.Member => "-signed-in", Who.BillingOperator when page.Status == 403 => "-forbidden", _ => "" };
        return (name.Length == 0 ? "home" : name) + eyes;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotForFiles();
}

/// <summary>What everybody may see.</summary>
public sealed class StrangersPageTests : PageTests
{
    public static TheoryData<string> Addresses => SitePages.Of(Who.Stranger);

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_page_for_everybody_is_sound_in_every_look(string address) => LookAsync(address, Who.Stranger);
}

/// <summary>What members see.</summary>
public sealed class MembersPageTests : PageTests
{
    public static TheoryData<string> Addresses => SitePages.Of(Who.Member);

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_page_for_members_is_sound_in_every_look(string address) => LookAsync(address, Who.Member);
}

/// <summary>What those see who work with debts.</summary>
public sealed class BillingPageTests : PageTests
{
    public static TheoryData<string> Addresses => SitePages.Of(Who.BillingOperator);

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_page_for_billing_is_sound_in_every_look(string address) => LookAsync(address, Who.BillingOperator);
}

/// <summary>That no page is forgotten.</summary>
public sealed partial class AllPagesTests
{
    [Fact]
    public void Every_page_of_the_site_is_looked_at()
    {
        var routes = Repository.Files(["Pamps.Web"], "*.razor").SelectMany(path => PageDirective().Matches(Repository.Read(path))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(routes);
        Assert.Empty(routes.Except(SitePages.All.Select(page => page.Route).OfType<string>()).Except(SitePages.NotByAddress));
    }

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex PageDirective();
}
