using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Streams;

namespace Pamps.Tests.Features.Billing;

/// <summary>How far an import is, told on the live streams of whoever sent it and of whoever works with billing.</summary>
public sealed class ImportProgressTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    [Fact]
    public async Task The_sender_hears_of_an_import_from_its_arrival_to_its_last_mail()
    {
        using var stream = await OpenedStream.OpenAsync(api.Operator, "imports");
        Assert.Equal("ready", (await stream.NextAsync()).Type);
        using var answer = await api.SendAsync(BillingFixture.Csv(
            BillingFixture.Row(), BillingFixture.Row(), BillingFixture.Row(email: "nobody"), BillingFixture.Row(amount: "none")));
        var import = await answer.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted);

        var told = new List<JsonElement>();
        while (told.Count == 0 || Count("mailed") + Count("failed") < 3 || State() != "done")
        {
            var (_, type, data) = await stream.NextAsync();
            Assert.Equal("import", type);

            // Imports of other tests may still be on their way.
            if (data.GetProperty("importId").GetString() == import.Id)
            {
                told.Add(data);
            }
        }

        Assert.Equal((4, 3, 0, 1, 3, 2, 1), (Count("rowsRead"), Count("accepted"), Count("duplicates"), Count("rejected"), Count("issued"), Count("mailed"), Count("failed")));
        Assert.Equal(Count("bytes"), Count("bytesRead"));
        foreach (var name in new[] { "bytesRead", "rowsRead", "issued", "mailed" })
        {
            var counts = told.ConvertAll(data => data.GetProperty(name).GetInt64());
            Assert.Equal(counts.Order(), counts);
        }

        long Count(string name) => told[^1].GetProperty(name).GetInt64();
        string? State() => told[^1].GetProperty("state").GetString();
    }

    [Fact]
    public async Task Others_hear_nothing_and_a_stream_of_one_import_hears_of_that_one()
    {
        var stranger = await api.SignedInAs("ana");
        using var elsewhere = await OpenedStream.OpenAsync(stranger, "imports,home");
        Assert.Equal("ready", (await elsewhere.NextAsync()).Type);
        var first = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row()));
        var next = long.Parse(first.Id, CultureInfo.InvariantCulture) + 1;
        using var one = await OpenedStream.OpenAsync(api.Operator, $"import:{next}");
        Assert.Equal("ready", (await one.NextAsync()).Type);
        var second = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row()));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((second.Id, "import"), ((await one.NextAsync()) is var (_, type, data) ? data.GetProperty("importId").GetString() : null, type));
        var post = await stranger.CreatePostAsync();
        Assert.Equal(post.Id, (await elsewhere.NextAsync()).Data.GetProperty("postId").GetString());
    }

    [Theory]
    [InlineData("imports")]
    [InlineData("import:{0}")]
    public async Task Another_operator_hears_of_it_too(string topics)
    {
        var first = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row()));
        var next = long.Parse(first.Id, CultureInfo.InvariantCulture) + 1;
        var (colleague, _) = await api.OperatorAsync("read:notifications billing:read");
        using var stream = await OpenedStream.OpenAsync(colleague, string.Format(CultureInfo.InvariantCulture, topics, next));
        Assert.Equal("ready", (await stream.NextAsync()).Type);

        var import = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row(), BillingFixture.Row()));

        var (_, type, data) = await stream.NextAsync();

        // The rows of a file may be issued and mailed before the file is at its end.
        while (data.GetProperty("importId").GetString() != import.Id || data.GetProperty("mailed").GetInt64() < 2 || data.GetProperty("state").GetString() != "done")
        {
            (_, type, data) = await stream.NextAsync();
        }

        Assert.Equal(("import", 2), (type, data.GetProperty("issued").GetInt64()));
        Assert.False(data.TryGetProperty("senderId", out _));
    }

    [Fact]
    public async Task Whoever_may_not_read_the_imports_of_others_does_not_hear_of_them()
    {
        // One has the role and not the scope, one had the role until now.
        var (narrow, narrowId) = await api.OperatorAsync("read:notifications");
        var (former, formerId) = await api.OperatorAsync("read:notifications billing:read");
        await api.Database.ExecuteAsync($"update accounts set billing_operator = false where id = {formerId}");
        var (colleague, _) = await api.OperatorAsync("read:notifications billing:read");
        using var toNarrow = await OpenedStream.OpenAsync(narrow, "imports,notifications");
        using var toFormer = await OpenedStream.OpenAsync(former, "imports,notifications");
        using var toColleague = await OpenedStream.OpenAsync(colleague, "imports");
        foreach (var stream in (OpenedStream[])[toNarrow, toFormer, toColleague])
        {
            Assert.Equal("ready", (await stream.NextAsync()).Type);
        }

        var import = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row()));
        while ((await toColleague.NextAsync()).Data.GetProperty("importId").GetString() != import.Id)
        {
            // Imports of other tests may still be on their way.
        }

        // What comes later in the same logs arrives as the first.
        var fan = await api.SignedInAs("fan");
        foreach (var (id, stream) in new[] { (narrowId, toNarrow), (formerId, toFormer) })
        {
            await fan.FollowAsync(await api.WithDatabase(db => db.Accounts.Where(account => account.Id == id).Select(account => account.Username).SingleAsync()));
            Assert.Contains((await stream.NextAsync()).Type, (string[])["notification", "unread"]);
        }
    }

    [Fact]
    public async Task Its_end_is_a_notification()
    {
        var import = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row()));
        await Eventually.Holds(async () =>
        {
            using var response = await api.Operator.GetAsync(new Uri("/api/v1/notifications", UriKind.Relative));
            var page = await response.ShouldBe<Page<NotificationResponse>>(HttpStatusCode.OK);
            Assert.Single(page.Items, notification => notification is { Type: NotificationType.Import } && notification.SubjectId == import.Id);
        });
    }
}
