using System.Net;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Features.Billing;

/// <summary>Numbers for debts that came without: no bank, an end of the range, another bank later.</summary>
public sealed class IssueBoletosTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    [Fact]
    public async Task Debts_that_waited_for_a_bank_are_issued()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => NewDebtId()).ToList();
        await api.ImportAsync(Csv([.. ids.Select(id => Row(id))]));
        await Eventually.Be(() => api.BoletoAsync(ids[^1]), boleto => boleto.State == "bill_sent");

        // As an API without a bank would have left them.
        await api.Database.ExecuteAsync("update boletos set state = 'started', issuer_id = null, sequence = null, barcode = null, typed_line = null, issued_at = null, available_at = now()");
        var boletos = await Task.WhenAll(ids.Select(id => Eventually.Be(() => api.BoletoAsync(id), boleto => boleto is { State: "bill_sent", Barcode: not null })));
        Assert.Equal(5, boletos.Select(boleto => boleto.OurNumber).Distinct().Count());
    }

    [Fact]
    public async Task When_the_numbers_end_debts_wait_as_errors_and_go_on_after_the_daily_run()
    {
        await api.ImportAsync(Csv(Row()));
        var next = await api.WithDatabase(db => Task.FromResult(db.Set<BoletoNumberRange>().Single().Next));
        await api.Database.ExecuteAsync("update boleto_number_ranges set next = 99999999");
        var (last, none) = (NewDebtId(), NewDebtId());
        await api.ImportAsync(Csv(Row(last), Row(none)));

        Assert.Equal("109/99999999-", (await api.BoletoAsync(last)).OurNumber![..^1]);
        var waiting = await api.BoletoAsync(none);
        Assert.Equal(("error", "numbers_used_up", "The numbers of the bank account are used up."), (waiting.State, waiting.ErrorCode, waiting.Error));
        using var draw = await api.Operator.GetAsync(new Uri($"/api/v1/billing/boletos/{waiting.Id}/pdf", UriKind.Relative));
        await draw.ShouldBe(HttpStatusCode.Conflict);

        await api.Database.ExecuteAsync($"update boleto_number_ranges set next = {next}");
        using var run = await api.Operator.PostAsync(new Uri("/api/v1/billing/reissue", UriKind.Relative), null);
        Assert.True((await run.ShouldBe<ReissueResponse>(HttpStatusCode.Accepted)).Count >= 1);
        await Eventually.Be(() => api.BoletoAsync(none), boleto => boleto is { State: "bill_sent", ErrorCode: null, Error: null });
    }
}
