using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pamps.Tests.Features.Billing;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>The API dies while it mails boletos.</summary>
[TakesMinutes]
public sealed partial class MailKillTests(ITestOutputHelper output)
{
    private const int Debts = 1_500;
    private const int Kills = 10;

    private static readonly Dictionary<string, string?> Settings = new(BillingFixture.BankAccount)
    {
        ["Billing:Mail:From"] = "cobranca@agil.example",
        ["Billing:PollInterval"] = "00:00:00.100",
        // Slow enough to be hit ten times; and after a death mails that were claimed wait for the lease.
        ["Billing:Mail:PerSecond"] = "400",
        ["Billing:Mail:Lease"] = "00:00:01",
    };

    [Fact]
    public async Task Every_debtor_is_mailed_exactly_once()
    {
        var folder = Directory.CreateTempSubdirectory("pamps-mails-");
        try
        {
            await using var scene = await FaultScene.StartAsync(output, Settings.Append(new("Billing:Mail:Folder", folder.FullName)));
            var billing = await BillingOperator.CreateAsync(scene);
            var ids = Enumerable.Range(0, Debts).Select(number => string.Create(CultureInfo.InvariantCulture, $"mail-{number}")).ToList();
            var import = await billing.SendAsync(Encoding.UTF8.GetBytes(
                BillingFixture.Csv([.. ids.Select(id => BillingFixture.Row(id, email: $"{id}@mail.example"))])));

            var repeated = 0L;
            for (var kill = 0; kill < Kills; kill++)
            {
                var next = Mails(folder).Count() + 1 + scene.Chance.Below(60);
                await Eventually.Be(() => Task.FromResult(Mails(folder).Count()), count => count >= next);
                await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(60));
                await scene.Api[0].KillAsync();
                var (written, noted) = (Mails(folder).Count(), await scene.NumberAsync("select sent from boleto_imports"));
                scene.Print($"Killed with {written} mails written and {noted} noted.");
                Assert.InRange(written, next, Debts - 1);
                repeated += written - noted;
                scene.Api[0].Launch();
            }

            Assert.True(repeated > 0, "No death came between sending and noting.");
            await scene.Api[0].WaitAsync();
            await scene.ReachAsync("select sent from boleto_imports", Debts);
            await Eventually.Be(() => billing.ImportAsync(import.Id), state => state.Sent == Debts);
            Assert.Equal(Debts, await scene.NumberAsync("select sum(sent)::bigint from billing_days"));
            Assert.Equal(Debts, await scene.NumberAsync("select count(*) from boletos where state = 'bill_sent' and sent_at is not null"));

            var mails = await Task.WhenAll(Mails(folder).Select(file => File.ReadAllTextAsync(file.FullName)));
            Assert.Equal(Debts, mails.Length);
            Assert.Equal(Debts, mails.Select(mail => MessageId().Match(mail).Groups[1].Value).Distinct().Count());
            Assert.Equal(ids.Select(id => $"{id}@mail.example").Order(), mails.Select(mail => Receiver().Match(mail).Groups[1].Value).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Finished mails; what is still being written lies elsewhere.</summary>
    private static IEnumerable<FileInfo> Mails(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.eml", SearchOption.AllDirectories).Where(file => file.Directory!.Name.Length == 2);

    [GeneratedRegex("(?m)^Message-ID: <([0-9a-f]{32}@agil\\.example)>")]
    private static partial Regex MessageId();

    [GeneratedRegex("(?m)^X-Receiver: [^\r\n]*<([^>\r\n]*)>")]
    private static partial Regex Receiver();
}
