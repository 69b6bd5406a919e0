using System.Globalization;
using System.Text;
using Pamps.Tests.Features.Billing;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>The API dies while it takes in and reads a large file of debts.</summary>
[TakesMinutes]
public sealed class ImportKillTests(ITestOutputHelper output)
{
    private const int Rows = 60_000;
    private const int Kills = 10;

    private static readonly Dictionary<string, string?> Settings = new(BillingFixture.BankAccount)
    {
        ["Billing:Imports:ChunkRows"] = "500",
        ["Billing:PollInterval"] = "00:00:00.100",
        // Mailing has a test of its own.
        ["Billing:Mail:PerSecond"] = "1",
    };

    [Fact]
    public async Task Every_good_row_is_issued_once_and_every_bad_one_kept_once()
    {
        var mails = Directory.CreateTempSubdirectory("pamps-mails-");
        try
        {
            await using var scene = await FaultScene.StartAsync(output, Settings.Append(new("Billing:Mail:Folder", mails.FullName)));
            var billing = await BillingOperator.CreateAsync(scene);
            var (file, good, bad, repeated) = MakeFile(scene.Chance);

            // The first death comes while the file arrives: nothing of it may stay, and it is sent again.
            var upload = billing.TrySendAsync(file);
            await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(60));
            await scene.Api[0].KillAsync();
            var first = await upload;
            await scene.Api[0].StartAsync();
            var import = await billing.SendAsync(file);
            scene.Print($"The upload that was cut off was {(first is null ? "not " : "")}acknowledged.");
            Assert.True(first is null || first.Id == import.Id);

            for (var kill = 0; kill < Kills; kill++)
            {
                var rows = await scene.NumberAsync("select rows from boleto_imports");
                var next = rows + 1 + scene.Chance.Below(1_500);
                await Eventually.Be(() => scene.NumberAsync("select rows from boleto_imports"), count => count >= next);
                await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(40));
                await scene.Api[0].KillAsync();
                rows = await scene.NumberAsync("select rows from boleto_imports");
                scene.Print($"Killed at row {rows}.");
                Assert.InRange(rows, next, Rows - 1);
                scene.Api[0].Launch();
            }

            await scene.Api[0].WaitAsync();
            await scene.ReachAsync("select rows from boleto_imports", Rows);
            var done = await Eventually.Be(() => billing.ImportAsync(import.Id), state => state.State == "done");
            Assert.Equal((Rows, good.Count, repeated, bad.Count, good.Count), (done.Rows, done.Accepted, done.Duplicates, done.Rejected, done.Issued));
            Assert.Equal(1, await scene.NumberAsync("select count(*) from boleto_imports"));
            Assert.Equal(0, await scene.NumberAsync("select count(*) from boleto_import_chunks"));
            Assert.Equal(good.Count, await scene.NumberAsync("select sum(issued)::bigint from billing_days"));

            Assert.Equal(good.Order(), (await scene.ColumnAsync<string>("select debt_id from boletos where barcode is not null and typed_line is not null")).Order());
            Assert.Equal(good.Count, await scene.NumberAsync("select count(distinct (issuer_id, sequence)) from boletos"));
            Assert.Equal(good.Count, await scene.NumberAsync("select count(distinct barcode) from boletos"));
            Assert.Equal(bad, await scene.ColumnAsync<long>("select line from boleto_rejections order by line"));
            Assert.Equal(bad, await billing.CorrectedLinesAsync(import.Id));
        }
        finally
        {
            mails.Delete(recursive: true);
        }
    }

    /// <summary>The file, the ids that are issued, the lines that are bad, and how many rows repeat an earlier debt.</summary>
    private static (byte[] File, List<string> Good, List<long> Bad, int Repeated) MakeFile(Chance chance)
    {
        string[] troubles = ["amount", "date", "id"];
        var (good, bad, repeated) = (new List<string>(), new List<long>(), 0);
        var text = new StringBuilder(BillingFixture.Header).Append('\n');
        for (var row = 0; row < Rows; row++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"kill-{row}");
            switch (chance.Below(50))
            {
                case 0:
                    bad.Add(row + 2);
                    var trouble = troubles[chance.Below(troubles.Length)];
                    text.Append(BillingFixture.Row(
                        trouble is "id" ? "" : id,
                        amount: trouble is "amount" ? "much" : "1.00",
                        dueOn: trouble is "date" ? "2031-02-30" : "2031-01-31"));
                    break;
                case 1 when good.Count > 0:
                    repeated++;
                    text.Append(BillingFixture.Row(good[chance.Below(good.Count)]));
                    break;
                default:
                    good.Add(id);
                    text.Append(BillingFixture.Row(id));
                    break;
            }

            text.Append('\n');
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), good, bad, repeated);
    }
}
