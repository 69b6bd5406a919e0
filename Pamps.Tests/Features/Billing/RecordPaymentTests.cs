using System.Net;
using System.Text;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Billing;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Features.Billing;

/// <summary>What the bank reports.</summary>
public sealed class RecordPaymentTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    [Fact]
    public async Task A_full_payment_closes_the_debt_once()
    {
        var id = await DebtAsync("100.00");
        for (var i = 0; i < 3; i++)
        {
            using var response = await PayAsync(Notice(id, "100.00"));
            Assert.Equal(new RecordPaymentResponse("Ok", "paid", 0), await response.ShouldBe<RecordPaymentResponse>(HttpStatusCode.OK));
        }

        var boleto = await api.BoletoAsync(id);
        Assert.Equal(("paid", 100m, 0m, false), (boleto.PaymentState, boleto.PaidAmount, boleto.Rest, boleto.NeedsReview));
        Assert.Equal(new DateTimeOffset(2022, 6, 9, 13, 0, 0, TimeSpan.Zero), boleto.PaidAt);
        Assert.Equal(1, (await api.GetAsync<BoletoImportResponse>($"imports/{boleto.ImportId}")).Paid);
    }

    [Fact]
    public async Task Parts_add_up_and_the_debtor_is_told_what_is_left()
    {
        var id = await DebtAsync("1000.00", "part@pay.example");
        using var first = await PayAsync(Notice(id, "100.00"));
        Assert.Equal(new RecordPaymentResponse("Ok", "partial", 900), await first.ShouldBe<RecordPaymentResponse>(HttpStatusCode.OK));
        await Eventually.Be(
            () => Task.FromResult(api.Mails.Count(mail => mail.Contains("part@pay.example", StringComparison.Ordinal) && mail.Contains("Subject: Pagamento parcial recebido", StringComparison.Ordinal))),
            count => count == 1);

        using var second = await PayAsync(Notice(id, "900.00"));
        Assert.Equal("paid", (await second.ShouldBe<RecordPaymentResponse>(HttpStatusCode.OK)).PaymentState);
    }

    [Fact]
    public async Task Too_much_is_closed_and_flagged()
    {
        var id = await DebtAsync("10.00");
        using var response = await PayAsync(Notice(id, "10.01"));
        Assert.Equal(new RecordPaymentResponse("Ok", "overpaid", 0), await response.ShouldBe<RecordPaymentResponse>(HttpStatusCode.OK));
        Assert.True((await api.BoletoAsync(id)).NeedsReview);
    }

    [Fact]
    public async Task Notices_at_once_and_in_any_order_lose_no_payment()
    {
        var id = await DebtAsync("100.00");
        var notices = Enumerable.Range(0, 20).SelectMany(i => Enumerable.Repeat(Notice(id, "1.50", $"2022-06-09 10:00:{i:D2}"), 3)).Reverse().ToList();
        await Task.WhenAll(notices.Select(async notice =>
        {
            using var response = await PayAsync(notice);
            await response.ShouldBe(HttpStatusCode.OK);
        }));

        Assert.Equal(30, (await api.BoletoAsync(id)).PaidAmount);
    }

    [Theory]
    [InlineData("""{"debtId":"ID","paidAt":"2999-01-01 00:00:00","paidAmount":1}""", "paidAt")]
    [InlineData("""{"debtId":"ID","paidAt":"2022-02-30 00:00:00","paidAmount":1}""", "paidAt")]
    [InlineData("""{"debtId":"ID","paidAt":"yesterday","paidAmount":1}""", "paidAt")]
    [InlineData("""{"debtId":"ID","paidAmount":1}""", "paidAt")]
    [InlineData("""{"debtId":"ID","paidAt":"2022-06-09 10:00:00","paidAmount":0}""", "paidAmount")]
    [InlineData("""{"debtId":"ID","paidAt":"2022-06-09 10:00:00","paidAmount":-1}""", "paidAmount")]
    [InlineData("""{"debtId":"ID","paidAt":"2022-06-09 10:00:00","paidAmount":1.001}""", "paidAmount")]
    [InlineData("""{"debtId":"ID","paidAt":"2022-06-09 10:00:00"}""", "paidAmount")]
    [InlineData("""{"debtId":true,"paidAt":"2022-06-09 10:00:00","paidAmount":1}""", "debtId")]
    [InlineData("""{"paidAt":"2022-06-09 10:00:00","paidAmount":1}""", "debtId")]
    public async Task Impossible_notices_are_refused_and_change_nothing(string notice, string field)
    {
        var id = await DebtAsync("10.00");
        using var response = await PayAsync(notice.Replace("ID", id, StringComparison.Ordinal));
        Assert.Equal([field], (await response.ShouldBe<Problem>(HttpStatusCode.BadRequest)).Errors!.Keys);
        Assert.Equal(0, (await api.BoletoAsync(id)).PaidAmount);
    }

    [Fact]
    public async Task Unknown_debts_are_404_and_other_bodies_400()
    {
        using var unknown = await PayAsync(Notice("nobody-owes-this", "1.00"));
        await unknown.ShouldBe(HttpStatusCode.NotFound);
        foreach (var body in (string[])["", "null", "[]", "{", "\"x\"", """{"debtId":"a","paidAt":"2022-06-09 10:00:00","paidAmount":1e400}"""])
        {
            using var response = await PayAsync(body);
            await response.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_debt_with_a_number_for_id_is_found_by_the_number()
    {
        var id = "98765432109876543";
        await api.ImportAsync(Csv(Row(id, amount: "5.00")));
        using var response = await PayAsync($$"""{"debtId":{{id}},"paidAt":"2022-06-09 10:00:00","paidAmount":5.00,"paidBy":"John Doe"}""");
        await response.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_a_right_signature_or_the_scope_is_believed()
    {
        var id = await DebtAsync("10.00");
        var notice = Notice(id, "10.00");
        using var unsigned = await SendAsync(api.Anonymous, notice, signature: null);
        await unsigned.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var forged in (string[])["sha256=00", "x", PaymentSignature.Of("another secret", Encoding.UTF8.GetBytes(notice)), PaymentSignature.Of(WebhookSecret, Encoding.UTF8.GetBytes(notice + " "))])
        {
            using var response = await SendAsync(api.Anonymous, notice, forged);
            await response.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var user = await api.SignedInAs("payer");
        using var stranger = await SendAsync(user.Http, notice, signature: null);
        await stranger.ShouldBe(HttpStatusCode.Forbidden);
        Assert.Equal(0, (await api.BoletoAsync(id)).PaidAmount);

        using var trusted = await SendAsync(api.Operator, notice, signature: null);
        await trusted.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/billing/payments")]
    [InlineData("/webhook")]
    public async Task A_bank_needs_no_account_only_its_signature_and_may_repeat_itself(string path)
    {
        var id = await DebtAsync("10.00");
        var notice = Notice(id, "4.00");
        var signature = PaymentSignature.Of(WebhookSecret, Encoding.UTF8.GetBytes(notice));
        foreach (var forged in (string?[])[null, "sha256=00", PaymentSignature.Of("another secret", Encoding.UTF8.GetBytes(notice)), PaymentSignature.Of(WebhookSecret, Encoding.UTF8.GetBytes(Notice(id, "5.00")))])
        {
            using var refused = await SendAsync(api.Anonymous, notice, forged, path);
            await refused.ShouldBe(HttpStatusCode.Unauthorized);
        }

        // A signature that does not fit outweighs credentials that would do.
        using var mixed = await SendAsync(api.Operator, notice, "sha256=00", path);
        await mixed.ShouldBe(HttpStatusCode.Unauthorized);
        Assert.Equal(0, (await api.BoletoAsync(id)).PaidAmount);

        for (var i = 0; i < 3; i++)
        {
            using var accepted = await SendAsync(api.Anonymous, notice, signature, path);
            await accepted.ShouldBe(HttpStatusCode.OK);
        }

        Assert.Equal(4, (await api.BoletoAsync(id)).PaidAmount);
    }

    [Fact]
    public async Task The_days_count_what_happened()
    {
        var before = (await api.GetAsync<IReadOnlyList<BillingDayResponse>>("statistics?days=2"))[^1];
        var id = await DebtAsync("7.00");
        await Eventually.Be(() => api.BoletoAsync(id), boleto => boleto.State == "bill_sent");
        using var response = await PayAsync(Notice(id, "7.00"));
        await response.ShouldBe(HttpStatusCode.OK);

        var days = await api.GetAsync<IReadOnlyList<BillingDayResponse>>("statistics?days=2");
        Assert.Equal(2, days.Count);
        Assert.True(days[^1].Issued > before.Issued && days[^1].Sent > before.Sent && days[^1].Paid > before.Paid && days[^1].PaidAmount >= before.PaidAmount + 7);
    }

    private static string Notice(string debtId, string amount, string paidAt = "2022-06-09 10:00:00") =>
        $$"""{"debtId":"{{debtId}}","paidAt":"{{paidAt}}","paidAmount":{{amount}},"paidBy":"John Doe"}""";

    private async Task<string> DebtAsync(string amount, string email = "maria@example.com")
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, amount: amount, email: email)));
        return id;
    }

    private Task<HttpResponseMessage> PayAsync(string notice) =>
        SendAsync(api.Anonymous, notice, PaymentSignature.Of(WebhookSecret, Encoding.UTF8.GetBytes(notice)));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string notice, string? signature, string path = "/api/v1/billing/payments")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(notice, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.Add("X-Signature", signature);
        }

        return await client.SendAsync(request);
    }
}
