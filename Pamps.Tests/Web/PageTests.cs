using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Pamps.MigrationService;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.Web;

/// <summary>
/// Every page, on desktop and phone, light and dark, in both languages: it answers, nothing breaks in the browser,
/// nothing overflows, axe-core finds nothing (WCAG 2.2 AA). What was seen is kept as pictures for people to look at,
/// below <c>artifacts/screenshots</c>; this class alone makes them: <c>dotnet test --filter FullyQualifiedName~PageTests</c>.
/// </summary>
public sealed partial class PageTests(PageTests.Demo demo) : IClassFixture<PageTests.Demo>
{
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

    // Route → address to look at; {post} is a post of the demo, {own} one that the signed-in person wrote.
    private static readonly Dictionary<string, string> Strangers = new()
    {
        ["/"] = "/",
        ["/public"] = "/public",
        ["/tags/{Name}"] = "/tags/pamps",
        ["/@{Username}"] = $"/@{DevelopmentSeed.Administrator}",
        ["/@{Username}/{Tab:regex(^(replies|likes)$)}"] = $"/@{DevelopmentSeed.Administrator}/replies",
        ["/@{Username}/followers"] = $"/@{DevelopmentSeed.Administrator}/followers",
        ["/@{Username}/following"] = $"/@{DevelopmentSeed.Administrator}/following",
        ["/posts/{PostId:long}"] = "/posts/{post}",
        ["/posts/{PostId:long}/replies"] = "/posts/{post}/replies",
        ["/posts/{PostId:long}/history"] = "/posts/{post}/history",
        ["/search"] = "/search?q=a",
        ["/content"] = "/content?id=https%3A%2F%2Fexample.org%2Farticle",
        ["/embed"] = "/embed?id=https%3A%2F%2Fexample.org%2Farticle",
        ["/embed/demo"] = "/embed/demo",
        ["/sign-in"] = "/sign-in",
        ["/register"] = "/register",
        ["/about"] = "/about",
        ["/privacy"] = "/privacy",
        ["/shortcuts"] = "/shortcuts",
    };

    private static readonly Dictionary<string, string> Members = new()
    {
        ["/"] = "/",
        ["/compose"] = "/compose",
        ["/posts/{PostId:long}"] = "/posts/{post}",
        ["/posts/{PostId:long}/edit"] = "/posts/{own}/edit",
        ["/posts/{PostId:long}/delete"] = "/posts/{own}/delete",
        ["/@{Username}"] = $"/@{DevelopmentSeed.Administrator}",
        ["/@{Username}/{Relation:regex(^(mute|block)$)}"] = $"/@{DevelopmentSeed.BillingOperator}/mute",
        ["/report"] = "/report?post={post}",
        ["/search"] = "/search?q=ana&type=accounts",
        ["/notifications"] = "/notifications",
        ["/bookmarks"] = "/bookmarks",
        ["/likes"] = "/likes",
        ["/moderation/reports"] = "/moderation/reports",
        ["/settings"] = "/settings",
        ["/settings/profile"] = "/settings/profile",
        ["/settings/password"] = "/settings/password",
        ["/settings/appearance"] = "/settings/appearance",
        ["/settings/language"] = "/settings/language",
        ["/settings/keyboard"] = "/settings/keyboard",
        ["/settings/sessions"] = "/settings/sessions",
        ["/settings/api-keys"] = "/settings/api-keys",
        ["/settings/blocks"] = "/settings/blocks",
        ["/settings/data"] = "/settings/data",
    };

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["/billing"] = "/billing",
        ["/billing/boletos/{BoletoId:long}"] = "/billing/boletos/{boleto}",
        ["/billing/import"] = "/billing/import",
        ["/billing/imports"] = "/billing/imports",
        ["/billing/imports/{ImportId:long}"] = "/billing/imports/{import}",
        ["/billing/statistics"] = "/billing/statistics",
    };

    // Needs a form that was interrupted; its own test sends one.
    private static readonly string[] NotByAddress = ["/resume/{Key}"];

    public static TheoryData<string> StrangersRoutes => [.. Strangers.Keys];

    public static TheoryData<string> MembersRoutes => [.. Members.Keys];

    public static TheoryData<string> OperatorsRoutes => [.. Operators.Keys];

    [Fact]
    public void Every_page_of_the_site_is_looked_at()
    {
        var routes = Repository.Files(["Pamps.Web"], "*.razor").SelectMany(path => PageDirective().Matches(Repository.Read(path))).Select(match => match.Groups[1].Value).ToList();
        var looked = Strangers.Keys.Concat(Members.Keys).Concat(Operators.Keys).Concat(NotByAddress);

        Assert.NotEmpty(routes);
        Assert.Empty(routes.Except(looked));
    }

    [Theory]
    [MemberData(nameof(StrangersRoutes))]
    public Task A_page_for_everybody_is_sound_in_every_look(string route) => LookAsync(Strangers[route], 200, Who.Stranger);

    [Theory]
    [MemberData(nameof(MembersRoutes))]
    public Task A_page_for_members_is_sound_in_every_look(string route) => LookAsync(Members[route], 200, Who.Member);

    [Theory]
    [MemberData(nameof(OperatorsRoutes))]
    public async Task A_page_for_billing_is_sound_in_every_look(string route)
    {
        await demo.ImportAsync();
        await LookAsync(Operators[route], 200, Who.BillingOperator);
    }

    [Fact]
    public Task A_page_that_is_not_there_is_sound_in_every_look() => LookAsync("/nothing/here", 404, Who.Stranger);

    private async Task LookAsync(string address, int status, Who who)
    {
        var path = demo.Ids.Aggregate(address, (template, id) => template.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
        var found = new List<string>();
        foreach (var look in Look.All)
        {
            var visitor = await demo.VisitorAsync(look, who);
            var response = await visitor.GoAsync(path);
            await visitor.Page.ScreenshotAsync(new() { Path = PictureOf(address, look, who), FullPage = !look.Phone });

            var facts = await visitor.Page.EvaluateAsync<PageFacts>("""
                () => ({
                    language: document.documentElement.lang,
                    title: document.title,
                    headings: document.querySelectorAll('h1').length,
                    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                })
                """);
            if (look.Phone == look.Dark)
            {
                // Both sizes and both colour schemes in half of the time.
                found.AddRange(await ViolationsAsync(visitor.Page));
            }

            Expect(response.Status == status, $"status {response.Status}");
            // Members have chosen a language; strangers get what their browser asks for.
            Expect(who is not Who.Stranger || facts.Language.Split('-')[0] == look.Language.Split('-')[0], $"language {facts.Language}");
            Expect(facts.Title.Length > 0, "no title");
            Expect(facts.Headings == 1, $"{facts.Headings} headings of the first level");
            Expect(facts.Overflow <= 0, $"{facts.Overflow} pixels too wide");
            found.AddRange(visitor.TakeTroubles());

            void Expect(bool asExpected, string otherwise)
            {
                if (!asExpected)
                {
                    found.Add($"{look}: {otherwise}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page)
    {
        // Evaluated, not added as a tag: the site's policy lets no foreign script in.
        await page.EvaluateAsync(AxeScript.Value);
        var result = await page.EvaluateAsync<JsonElement>("tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })", Tags);
        return result.GetProperty("violations").EnumerateArray().SelectMany(violation => violation.GetProperty("nodes").EnumerateArray()
            .Select(node => $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}"));
    }

    private static string PictureOf(string address, Look look, Who who)
    {
        var name = NotForFiles().Replace(address.Split('?')[0], "-").Trim('-');
        return Path.Combine(Repository.Root, "artifacts", "screenshots", $"{(name.Length == 0 ? "home" : name)}{(who is Who.Member ? "-signed-in" : "")}-{look.Name}.png");
    }

    private static readonly Lazy<string> AxeScript = new(() => new BundledAxeScriptProvider().GetScript());

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex PageDirective();

    [GeneratedRegex("/billing/imports/([0-9]+)")]
    private static partial Regex ImportAddress();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotForFiles();

    /// <summary>Who looks.</summary>
    internal enum Who
    {
        Stranger,
        Member,
        BillingOperator,
    }

    /// <summary>The demo content, and a window for each look and person.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        private readonly Dictionary<(Look Look, Who Who), SiteVisitor> _visitors = [];
        private readonly Dictionary<Who, string> _cookies = [];

        /// <summary>What stands in addresses in the place of a name in braces.</summary>
        public Dictionary<string, string> Ids { get; } = [];

        /// <inheritdoc />
        public async Task InitializeAsync()
        {
            await using var visitor = await SiteVisitor.ArriveAsync();
            await visitor.SignInAsync(DevelopmentSeed.Administrator, DevelopmentSeed.Password);
            _cookies[Who.Member] = await visitor.KeepAsync();
            await visitor.GoAsync("/public");
            Ids["post"] = await FirstPostAsync(visitor);
            await visitor.GoAsync($"/@{DevelopmentSeed.Administrator}");
            Ids["own"] = await FirstPostAsync(visitor);
        }

        /// <summary>Sends a file of one debt and one mistake through the site, unless that was done.</summary>
        public async Task ImportAsync()
        {
            if (_cookies.ContainsKey(Who.BillingOperator))
            {
                return;
            }

            await using var visitor = await SiteVisitor.ArriveAsync();
            await visitor.SignInAsync(DevelopmentSeed.BillingOperator, DevelopmentSeed.Password);
            await visitor.GoAsync("/billing/import");
            await visitor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
            {
                Name = "debts.csv",
                MimeType = "text/csv",
                Buffer = "name,governmentId,email,debtAmount,debtDueDate,debtId\nMaria Souza,52998224725,maria@example.org,149.90,2031-10-12,look-1\nNobody,1,nowhere,x,y,look-2\n"u8.ToArray(),
            });
            await visitor.Page.Locator("main form[enctype] button[type=submit]").ClickAsync();
            await visitor.Page.WaitForURLAsync(url => ImportAddress().IsMatch(url));
            Ids["import"] = ImportAddress().Match(visitor.Page.Url).Groups[1].Value;

            var links = await Eventually.Be(
                async () =>
                {
                    await visitor.GoAsync("/billing");
                    return await visitor.Page.Locator("a[href^='/billing/boletos/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
                },
                links => links.Length > 0);
            Ids["boleto"] = links[0].Split('/', '?')[3];
            _cookies[Who.BillingOperator] = await visitor.KeepAsync();
        }

        /// <inheritdoc />
        public async Task DisposeAsync()
        {
            foreach (var visitor in _visitors.Values)
            {
                await visitor.DisposeAsync();
            }
        }

        internal async Task<SiteVisitor> VisitorAsync(Look look, Who who)
        {
            if (!_visitors.TryGetValue((look, who), out var visitor))
            {
                visitor = await SiteVisitor.ArriveAsync(look, _cookies.GetValueOrDefault(who));
                _visitors[(look, who)] = visitor;
            }

            return visitor;
        }

        private static async Task<string> FirstPostAsync(SiteVisitor visitor) =>
            await visitor.Page.GetByRole(AriaRole.Article).First.GetAttributeAsync("data-id") ?? throw new InvalidOperationException("The demo has no posts here.");
    }

    private sealed record PageFacts
    {
        public string Language { get; init; } = "";

        public string Title { get; init; } = "";

        public int Headings { get; init; }

        public int Overflow { get; init; }
    }
}
