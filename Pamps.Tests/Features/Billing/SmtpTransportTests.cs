using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Features.Billing;

/// <summary>What a mail server is told, and what its answers mean.</summary>
public sealed class SmtpTransportTests(SmtpFixture api) : IClassFixture<SmtpFixture>
{
    [Fact]
    public async Task Every_mail_reaches_the_server_once()
    {
        var ids = Enumerable.Range(0, 20).Select(_ => NewDebtId()).ToList();
        await api.ImportAsync(Csv([.. ids.Select(id => Row(id, email: $"{id}@smtp.example"))]));
        await Task.WhenAll(ids.Select(id => Eventually.Be(() => api.BoletoAsync(id), boleto => boleto.State == "bill_sent")));

        var mails = api.Sink.Mails.Where(mail => mail.Contains("@smtp.example", StringComparison.Ordinal)).ToList();
        Assert.Equal(20, mails.Count);
        Assert.Equal(20, mails.Select(mail => Regex.Match(mail, "(?mi)^Message-ID: <[0-9a-f]{32}@agil\\.example>").Value).Where(id => id.Length > 0).Distinct().Count());
        Assert.All(mails, mail => Assert.Contains("application/pdf", mail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_temporary_refusal_is_tried_again_and_delivered_once()
    {
        var id = NewDebtId();
        api.Sink.Refusals["later@"] = new ConcurrentQueue<string>(["451 try later", "421 closing"]);
        await api.ImportAsync(Csv(Row(id, email: "later@smtp2.example")));

        var boleto = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
        Assert.Equal((3, null, null), (boleto.Attempts, boleto.ErrorCode, boleto.Error));
        Assert.Single(api.Sink.Mails, mail => mail.Contains("later@smtp2.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_temporary_refusals_are_a_dead_letter_that_the_daily_run_may_revive()
    {
        var id = NewDebtId();
        api.Sink.Refusals["never@"] = new ConcurrentQueue<string>(Enumerable.Repeat("451 try later", 3));
        await api.ImportAsync(Csv(Row(id, email: "never@smtp3.example")));
        var dead = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "error");
        Assert.Equal((3, "mail_failed", null), (dead.Attempts, dead.ErrorCode, dead.NextAttemptAt));

        using var run = await api.Operator.PostAsync(new Uri("/api/v1/billing/reissue", UriKind.Relative), null);
        await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
    }

    [Fact]
    public async Task A_final_refusal_is_not_tried_again()
    {
        var id = NewDebtId();
        api.Sink.Refusals["unknown@"] = new ConcurrentQueue<string>(["550 no such mailbox"]);
        await api.ImportAsync(Csv(Row(id, email: "unknown@smtp4.example")));

        var boleto = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "error");
        Assert.Equal((1, "mail_refused", "The mail server refused the mail with 550."), (boleto.Attempts, boleto.ErrorCode, boleto.Error));
        Assert.DoesNotContain(api.Sink.Mails, mail => mail.Contains("unknown@smtp4.example", StringComparison.Ordinal));
    }
}
