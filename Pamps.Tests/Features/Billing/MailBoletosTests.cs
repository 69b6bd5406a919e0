using System.Net;
using System.Text.RegularExpressions;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Features.Billing;

/// <summary>What arrives in the folder for mails.</summary>
public sealed class MailBoletosTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    [Fact]
    public async Task Every_debtor_gets_one_mail_with_the_PDF()
    {
        var ids = Enumerable.Range(0, 60).Select(_ => NewDebtId()).ToList();
        var import = await api.ImportAsync(Csv([.. ids.Select(id => Row(id, email: $"{id}@mail.example"))]));
        await Eventually.Be(() => api.GetAsync<BoletoImportResponse>($"imports/{import.Id}"), state => state.Sent == 60);

        foreach (var id in ids)
        {
            var mail = Assert.Single(api.Mails, mail => mail.Contains($"{id}@mail.example", StringComparison.Ordinal));
            Assert.Matches(@"(?m)^Message-ID: <[0-9a-f]{32}@agil\.example>", mail);
            Assert.Contains("application/pdf", mail, StringComparison.Ordinal);
            Assert.Contains("text/plain", mail, StringComparison.Ordinal);
            Assert.Contains("text/html", mail, StringComparison.Ordinal);
        }

        Assert.Equal(60, api.Mails.Where(mail => mail.Contains("@mail.example", StringComparison.Ordinal)).Select(MessageId).Distinct().Count());
        var boleto = await api.BoletoAsync(ids[0]);
        Assert.Equal(("bill_sent", 1), (boleto.State, boleto.Attempts));
        Assert.NotNull(boleto.SentAt);
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_deleted_and_nothing_else()
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id)));
        await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");

        api.OldLeftover.Refresh();
        api.NewLeftover.Refresh();
        Assert.Equal((false, true), (api.OldLeftover.Exists, api.NewLeftover.Exists));
    }

    [Fact]
    public async Task The_PDF_in_the_mail_is_that_of_the_API()
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, name: "José da Conceição", email: "pdf@mail2.example")));
        var boleto = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
        var mail = api.Mails.Single(mail => mail.Contains("pdf@mail2.example", StringComparison.Ordinal));

        using var response = await api.Operator.GetAsync(new Uri($"/api/v1/billing/boletos/{boleto.Id}/pdf", UriKind.Relative));
        var pdf = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(Convert.ToBase64String(pdf), Regex.Replace(mail, "[\r\n]", ""), StringComparison.Ordinal);

        using var html = await api.Operator.GetAsync(new Uri($"/api/v1/billing/boletos/{boleto.Id}/html", UriKind.Relative));
        Assert.Contains(boleto.TypedLine!, await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c")]
    [InlineData("nobody@localhost")]
    public async Task An_address_that_cannot_be_used_is_a_dead_letter(string email)
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, email: email)));
        var boleto = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "error");

        Assert.Equal(("address_unusable", "The mail address cannot be used.", null), (boleto.ErrorCode, boleto.Error, boleto.NextAttemptAt));
        var failed = await api.GetAsync<Page<BoletoResponse>>($"boletos?state=error&import_id={boleto.ImportId}");
        Assert.Equal(id, Assert.Single(failed.Items).DebtId);
        Assert.Equal(1, (await api.GetAsync<BoletoImportResponse>($"imports/{boleto.ImportId}")).Failed);

        // An operator may insist; the address stays what it is.
        using var resend = await api.Operator.PostAsync(new Uri($"/api/v1/billing/boletos/{boleto.Id}/resend", UriKind.Relative), null);
        await resend.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "error");
    }

    [Fact]
    public async Task A_name_cannot_write_headers()
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, name: "\"Eve\"\" <eve@x.example>, Bcc: all@x.example\"", email: "eve@mail3.example")));
        await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
        var mail = api.Mails.Single(mail => mail.Contains("eve@mail3.example", StringComparison.Ordinal));

        Assert.DoesNotMatch("(?mi)^bcc:", mail);
        Assert.Single(Regex.Matches(mail, "(?m)^X-Receiver:"));
    }

    [Fact]
    public async Task A_mail_that_was_handed_over_is_not_sent_again()
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id)));
        var boleto = await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
        using var resend = await api.Operator.PostAsync(new Uri($"/api/v1/billing/boletos/{boleto.Id}/resend", UriKind.Relative), null);
        await resend.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_repeat_after_a_crash_between_sending_and_storing_makes_no_second_copy()
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, email: "again@mail4.example")));
        await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");

        // As the crash would leave the row.
        await api.Database.ExecuteAsync($"update boletos set state = 'bill_generated', sent_at = null, available_at = now() where debt_id = '{id}'");
        await Eventually.Be(() => api.BoletoAsync(id), state => state is { State: "bill_sent", Attempts: 2 });
        Assert.Single(api.Mails, mail => mail.Contains("again@mail4.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_personal_is_logged()
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, name: "Segredo Pessoal", email: "segredo@mail5.example"), Row(name: "Segredo Ruim", email: "segredo")));
        await Eventually.Be(() => api.BoletoAsync(id), state => state.State == "bill_sent");
        Assert.DoesNotContain(api.Log.Lines, line => line.ToString().Contains("segredo", StringComparison.OrdinalIgnoreCase));
    }

    private static string MessageId(string mail) => Regex.Match(mail, "(?m)^Message-ID: (.*)$").Groups[1].Value;
}
