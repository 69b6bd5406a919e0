using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The slow end of the work: boletos that were mailed and heard no bad news are done; once a day what failed gets
/// another try; debtors who paid a part are told what is left.
/// </summary>
internal sealed partial class CloseBoletos(
    DeliverySignal delivery, IMailTransport transport, IServiceScopeFactory scopes, IOptions<BillingOptions> options, TimeProvider clock, ILogger<CloseBoletos> logger)
    : BillingLoop(new WorkSignal(), scopes, options, clock, logger)
{
    private const int BatchSize = 5_000;
    private const int NoticeBatch = 100;

    private readonly ILogger _log = logger;
    private DateTimeOffset? _lastLook;

    protected override async Task<bool> WorkAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        await ReissueDailyAsync(db, cancellationToken);
        var confirmed = await db.Database.ExecuteSqlAsync($"""
            with claimed as (
                select id from boletos where state = 'bill_sent' and available_at <= {Clock.GetUtcNow()}
                order by available_at limit {BatchSize} for update skip locked)
            update boletos b set state = 'done', available_at = null from claimed where b.id = claimed.id
            """, cancellationToken);
        var told = await TellPartialPaymentsAsync(db, cancellationToken);
        return confirmed == BatchSize || told;
    }

    /// <summary>When the time of the daily run has passed since the last look. Several replicas may do it: a row is put back once.</summary>
    private async Task ReissueDailyAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var due = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime).ToDateTime(Options.ReissueAt), TimeSpan.Zero);
        var isDue = _lastLook < due && now >= due;
        _lastLook = now;
        if (isDue)
        {
            var count = await ReissueBoletos.PutBackAsync(db, now, cancellationToken);
            LogReissued(_log, count);
            delivery.Signal.Set();
        }
    }

    private async Task<bool> TellPartialPaymentsAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var claimed = await db.BoletoPayments.FromSql($"""
            with claimed as (
                select id from boleto_payments where notice_available_at <= {now}
                order by notice_available_at limit {NoticeBatch} for update skip locked)
            update boleto_payments p set notice_available_at = {now + Options.Mail.Lease}, notice_attempts = p.notice_attempts + 1
            from claimed where p.id = claimed.id returning p.*
            """).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var payment in claimed)
        {
            var boleto = await db.Boletos.AsNoTracking().SingleAsync(row => row.Id == payment.BoletoId, cancellationToken);
            DateTimeOffset? next = null;
            try
            {
                var (message, key) = BoletoMail.OfPartialPayment(boleto, payment, Options.Mail.From);
                using (message)
                {
                    await transport.SendAsync(message, key, cancellationToken);
                }
            }
            catch (MailRefusedException)
            {
                LogNoticeGivenUp(_log, boleto.Id);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                next = payment.NoticeAttempts >= Options.Mail.MaxAttempts ? null : now + (Options.Mail.FirstPause * payment.NoticeAttempts);
                LogNoticeFailed(_log, boleto.Id, exception.GetType().Name);
            }

            await db.BoletoPayments.Where(row => row.Id == payment.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NoticeAvailableAt, next), cancellationToken);
        }

        return claimed.Count == NoticeBatch;
    }

    [LoggerMessage(EventId = 4030, Level = LogLevel.Information, Message = "The daily run gives {Count} boletos another try")]
    private static partial void LogReissued(ILogger logger, long count);

    [LoggerMessage(EventId = 4031, Level = LogLevel.Warning, Message = "The notice about a payment of boleto {BoletoId} is given up: its mail address cannot be used")]
    private static partial void LogNoticeGivenUp(ILogger logger, long boletoId);

    [LoggerMessage(EventId = 4032, Level = LogLevel.Warning, Message = "The notice about a payment of boleto {BoletoId} could not be sent ({Kind})")]
    private static partial void LogNoticeFailed(ILogger logger, long boletoId, string kind);
}
