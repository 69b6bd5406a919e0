using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Mails issued boletos. A batch is claimed first, in a transaction of its own that moves the rows' time by a lease;
/// then it is sent; then what became of it is stored. So several replicas never send the same mail at once, a crash
/// before sending loses nothing (the lease runs out), and only a crash between sending and storing repeats a mail, with
/// the same Message-ID. Two batches are under way, so that one is composed while the other is claimed or stored. Temporary failures come again after growing pauses, final ones stay visible as <c>error</c>.
/// </summary>
internal sealed partial class MailBoletos : BillingLoop
{
    private const int BatchSize = 500;
    private const int BatchesAtOnce = 2;

    private readonly ImportProgress _progress;
    private readonly Issuers _issuers;
    private readonly IMailTransport _transport;
    private readonly ILogger _log;
    private readonly TokenBucketRateLimiter? _limiter;

    public MailBoletos(
        DeliverySignal delivery, ImportProgress progress, Issuers issuers, IMailTransport transport, IServiceScopeFactory scopes,
        IOptions<BillingOptions> options, TimeProvider clock, ILogger<MailBoletos> logger)
        : base(delivery.Signal, scopes, options, clock, logger)
    {
        _progress = progress;
        _issuers = issuers;
        _transport = transport;
        _log = logger;
        var perSecond = options.Value.Mail.PerSecond;
        _limiter = perSecond == 0 ? null : new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, perSecond / 10),
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, perSecond / 10) / (double)perSecond),
            QueueLimit = int.MaxValue,
        });
    }

    public override void Dispose()
    {
        _limiter?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, BatchesAtOnce).Select(_ => base.ExecuteAsync(stoppingToken)));

    protected override async Task<bool> WorkAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(db, cancellationToken);
        if (claimed.Count == 0)
        {
            return false;
        }

        var lease = Clock.GetUtcNow() + Options.Mail.Lease;
        var issuers = new Dictionary<int, Issuer>();
        foreach (var id in claimed.Select(boleto => boleto.IssuerId!.Value).Distinct())
        {
            issuers[id] = await _issuers.FindAsync(db, id, cancellationToken);
        }

        var outcomes = new ConcurrentBag<Outcome>();
        await Parallel.ForEachAsync(
            claimed,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Options.Mail.Concurrency / BatchesAtOnce), CancellationToken = cancellationToken },
            async (boleto, token) =>
            {
                // Another replica may have the mail by then.
                if (Clock.GetUtcNow() < lease)
                {
                    outcomes.Add(await SendAsync(boleto, issuers[boleto.IssuerId!.Value], token));
                }
            });
        await StoreAsync(db, outcomes, cancellationToken);
        foreach (var id in outcomes.Select(outcome => outcome.Boleto.ImportId).Distinct())
        {
            _progress.Moved(id);
        }

        return true;
    }

    private async Task<List<Boleto>> ClaimAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var until = now + Options.Mail.Lease;

        // A slow server must not let claims run out while their mails wait for their turn.
        var size = Options.Mail.PerSecond == 0 ? BatchSize : Math.Clamp((int)(Options.Mail.PerSecond * Options.Mail.Lease.TotalSeconds / 4 / BatchesAtOnce), 1, BatchSize);
        return await db.Boletos.FromSql($"""
            with claimed as (
                select id from boletos where state = 'bill_generated' and available_at <= {now}
                order by available_at limit {size} for update skip locked)
            update boletos b set available_at = {until}, attempts = b.attempts + 1 from claimed where b.id = claimed.id
            returning b.*
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    private async Task<Outcome> SendAsync(Boleto boleto, Issuer issuer, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = _limiter is null ? null : await _limiter.AcquireAsync(1, cancellationToken);
            var (message, key) = BoletoMail.OfBoleto(boleto, issuer, Options.Mail.From);
            using (message)
            {
                await _transport.SendAsync(message, key, cancellationToken);
            }

            return new Outcome(boleto, Reason: null, RetryAt: null, Retryable: false);
        }
        catch (MailRefusedException refusal)
        {
            LogRefused(_log, boleto.Id, refusal.Message);
            return new Outcome(boleto, refusal.Reason, RetryAt: null, Retryable: false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = BoletoReason.MailFailed(exception);
            var givenUp = boleto.Attempts >= Options.Mail.MaxAttempts;
            var pause = Options.Mail.FirstPause * Math.Pow(2, Math.Min(boleto.Attempts - 1, 10));
            LogFailed(_log, boleto.Id, boleto.Attempts, reason.Text);
            return new Outcome(boleto, reason, givenUp ? null : Clock.GetUtcNow() + pause, Retryable: givenUp);
        }
    }

    private async Task StoreAsync(PampsDbContext db, IReadOnlyCollection<Outcome> outcomes, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var sent = outcomes.Where(outcome => outcome.Reason is null).Select(outcome => outcome.Boleto.Id).Order().ToList();
        var failed = outcomes.Where(outcome => outcome.Reason is not null).OrderBy(outcome => outcome.Boleto.Id).ToList();
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    with sent as (
                        update boletos set state = 'bill_sent', sent_at = $2, available_at = $3, error_code = null, error = null
                        where id = any($1) and state = 'bill_generated' returning import_id),
                    counted as (select import_id, count(*) as sent from sent group by import_id),
                    added as (update boleto_imports i set sent = i.sent + counted.sent from counted where i.id = counted.import_id)
                    select coalesce(sum(sent), 0)::bigint from counted
                    """)
                {
                    Parameters = { new() { Value = sent }, new() { Value = now }, new() { Value = now + Options.Mail.ConfirmAfter } },
                },
                new("""
                    update boletos b set error_code = n.code, error = n.error, available_at = n.retry_at, retryable = n.retryable,
                        state = case when n.retry_at is null then 'error' else b.state end
                    from unnest($1, $2, $3, $4, $5) n (id, code, error, retry_at, retryable) where b.id = n.id and b.state = 'bill_generated'
                    """)
                {
                    Parameters =
                    {
                        new() { Value = failed.ConvertAll(outcome => outcome.Boleto.Id), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                        new() { Value = failed.ConvertAll(outcome => outcome.Reason!.Code), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                        new() { Value = failed.ConvertAll(outcome => outcome.Reason!.Text), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                        new() { Value = failed.ConvertAll(outcome => outcome.RetryAt), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                        new() { Value = failed.ConvertAll(outcome => outcome.Retryable), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
                    },
                },
            },
        };
        var count = (long)(await batch.ExecuteScalarAsync(cancellationToken))!;
        await BillingDays.AddSentAsync(connection, Clock, count, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await db.Database.CloseConnectionAsync();
    }

    [LoggerMessage(EventId = 4020, Level = LogLevel.Warning, Message = "The mail of boleto {BoletoId} is given up: {Reason}")]
    private static partial void LogRefused(ILogger logger, long boletoId, string reason);

    [LoggerMessage(EventId = 4021, Level = LogLevel.Warning, Message = "Attempt {Attempt} to mail boleto {BoletoId} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, long boletoId, int attempt, string reason);

    private sealed record Outcome(Boleto Boleto, BoletoReason? Reason, DateTimeOffset? RetryAt, bool Retryable);
}
