using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;
using Pamps.MigrationService;

namespace Pamps.Tests.Web;

/// <summary>The demo content with something of everything, so that no page looked at is empty; made once per run.</summary>
internal sealed partial class DemoSite
{
    private static readonly Lazy<Task<DemoSite>> Run = new(FillAsync);

    private readonly Dictionary<Who, string> _cookies = [];

    /// <summary>What stands in addresses in the place of a name in braces.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>The demo, filled at the first call.</summary>
    public static Task<DemoSite> GetAsync() => Run.Value;

    /// <summary>Opens a window.</summary>
    /// <param name="look">How.</param>
    /// <param name="who">Who sits before it.</param>
    public Task<SiteVisitor> ArriveAsync(Look look, Who who) => SiteVisitor.ArriveAsync(look, _cookies.GetValueOrDefault(who));

    /// <summary>The address of a page, with its ids.</summary>
    /// <param name="page">The page.</param>
    public string AddressOf(SitePage page) =>
        Ids.Aggregate(page.Address, (template, id) => template.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private static async Task<DemoSite> FillAsync()
    {
        var demo = new DemoSite();
        await demo.TalkAsync();
        await demo.SignInAsync();
        await demo.ImportAsync();
        return demo;
    }

    // A thread with an edited start, a deleted answer and more depth than is shown; reports; comments on outside content.
    private async Task TalkAsync()
    {
        var author = await SiteAccount.RegisterAsync("author", "Marta 👩🏽‍🌾 da Silva e Souza");
        var other = await SiteAccount.RegisterAsync("other", "عمر بن سعيد");
        var start = await author.PostAsync("A conversation about #pamps, with a link https://example.org/a/very/long/way/to/an/article?with=a&question=and#more and @ana in it.");
        Ids["thread"] = start.Id;
        using var edited = await author.Http.PutAsJsonAsync($"/api/v1/posts/{start.Id}", new EditPostRequest { Text = start.Text + " Edited." }, Wire.Json);
        await edited.ShouldSucceed();
        var parent = start;
        for (var depth = 1; depth <= 5; depth++)
        {
            parent = await (depth % 2 == 0 ? author : other).PostAsync($"An answer at depth {depth}.", parent);
        }

        var deleted = await other.PostAsync("An answer that goes away.", start);
        await author.PostAsync("An answer to what goes away.", deleted);
        await other.DeleteAsync($"/api/v1/posts/{deleted.Id}");
        var gone = await other.PostAsync("Gone soon.");
        await other.DeleteAsync($"/api/v1/posts/{gone.Id}");
        Ids["gone"] = gone.Id;

        var odd = await other.PostAsync("A post that somebody reports.");
        using var report = await author.Http.PostAsJsonAsync(
            "/api/v1/reports", new FileReportRequest { PostId = odd.Id, Reason = ReportReason.Spam, Note = "Look at this, please." }, Wire.Json);
        await report.ShouldSucceed();
        foreach (var text in (string[])["The first comment.", "A second one, with a link: https://example.org/."])
        {
            using var comment = await author.Http.PostAsJsonAsync(
                "/api/v1/content/comments?id=" + Uri.EscapeDataString(SitePages.Content), new AddCommentRequest { Text = text }, Wire.Json);
            await comment.ShouldSucceed();
        }
    }

    private async Task SignInAsync()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.SignInAsync(DevelopmentSeed.Administrator, DevelopmentSeed.Password);
        await visitor.GoAsync($"/@{DevelopmentSeed.Administrator}");
        Ids["own"] = await visitor.Page.GetByRole(AriaRole.Article).First.GetAttributeAsync("data-id") ?? throw new InvalidOperationException("The demo has no posts here.");
        await visitor.GoAsync($"/posts/{Ids["thread"]}");
        foreach (var action in (string[])["like", "bookmark"])
        {
            await visitor.Page.RunAndWaitForResponseAsync(
                () => visitor.Page.Locator($".main-post [data-action={action}]").ClickAsync(), response => response.Url.EndsWith(action, StringComparison.Ordinal));
        }

        _cookies[Who.Member] = await visitor.KeepAsync();
    }

    // A file of one debt and one mistake.
    private async Task ImportAsync()
    {
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

    [GeneratedRegex("/billing/imports/([0-9]+)")]
    private static partial Regex ImportAddress();
}
