using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Features.Billing;

/// <summary>Mails that come back.</summary>
public sealed class RecordBounceTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    [Fact]
    public async Task A_mail_that_came_back_is_a_dead_letter_however_often_it_is_told()
    {
        var (boleto, messageId) = await MailedAsync("gone@bounce1.example");
        foreach (var id in (string[])[messageId, messageId.Trim('<', '>')])
        {
            using var response = await ReportAsync(id, "5.1.1");
            Assert.Equal(new BounceResponse(boleto.Id, "error"), await response.ShouldBe<BounceResponse>(HttpStatusCode.OK));
        }

        var failed = await api.BoletoAsync(boleto.DebtId);
        Assert.Equal(("error", "mail_bounced", "The mail bounced (5.1.1).", null), (failed.State, failed.ErrorCode, failed.Error, failed.NextAttemptAt));
        Assert.Equal(1, (await api.GetAsync<BoletoImportResponse>($"imports/{boleto.ImportId}")).Failed);

        using var resend = await api.Operator.PostAsync(new Uri($"/api/v1/billing/boletos/{boleto.Id}/resend", UriKind.Relative), null);
        await resend.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Be(() => api.BoletoAsync(boleto.DebtId), state => state.State == "bill_sent");
    }

    [Fact]
    public async Task A_delay_and_a_paid_debt_change_nothing()
    {
        var (boleto, messageId) = await MailedAsync("late@bounce2.example");
        using var delay = await ReportAsync(messageId, "4.4.1");
        Assert.Equal("bill_sent", (await delay.ShouldBe<BounceResponse>(HttpStatusCode.OK)).State);

        using var paid = await api.Operator.PostAsJsonAsync("/api/v1/billing/payments", new { debtId = boleto.DebtId, paidAt = "2022-06-09 10:00:00", paidAmount = boleto.Amount });
        await paid.ShouldBe(HttpStatusCode.OK);
        using var bounce = await ReportAsync(messageId, "5.1.1");
        await bounce.ShouldBe(HttpStatusCode.OK);
        Assert.Equal("bill_sent", (await api.BoletoAsync(boleto.DebtId)).State);
    }

    [Fact]
    public async Task Strange_mails_codes_and_callers_are_refused()
    {
        var (boleto, messageId) = await MailedAsync("here@bounce3.example");
        var forged = $"<{new string('0', 16)}{messageId[17..]}";
        foreach (var strange in (string[])["x", "<x@y>", forged, "<ffffffffffffffffffffffffffffffff@agil.example>"])
        {
            using var response = await ReportAsync(strange, "5.1.1");
            await response.ShouldBe(HttpStatusCode.NotFound);
        }

        foreach (var status in (string[])["", "x", "2.0.0", "5.1.1 gone@bounce3.example", "5.1"])
        {
            using var response = await ReportAsync(messageId, status);
            await response.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var empty = await api.Operator.PostAsJsonAsync("/api/v1/billing/mails/bounces", new { });
        await empty.ShouldBe(HttpStatusCode.BadRequest);
        var user = await api.SignedInAs("user");
        using var stranger = await user.Http.PostAsJsonAsync("/api/v1/billing/mails/bounces", new { messageId });
        await stranger.ShouldBe(HttpStatusCode.Forbidden);
        Assert.Equal("bill_sent", (await api.BoletoAsync(boleto.DebtId)).State);
    }

    private Task<HttpResponseMessage> ReportAsync(string messageId, string status) =>
        api.Operator.PostAsJsonAsync("/api/v1/billing/mails/bounces", new { messageId, status });

    private async Task<(BoletoResponse Boleto, string MessageId)> MailedAsync(string email)
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, email: email)));
        var boleto = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
        var mail = api.Mails.Single(mail => mail.Contains(email, StringComparison.Ordinal));
        return (boleto, Regex.Match(mail, "(?m)^Message-ID: (<.*>)").Groups[1].Value);
    }
}
