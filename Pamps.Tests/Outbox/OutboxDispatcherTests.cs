using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.Tests.Outbox;

/// <summary>Two replicas with quick retries, and handlers that tests command.</summary>
public sealed class OutboxFixture : ApiFixture
{
    /// <summary>One for all replicas.</summary>
    internal HandlerScript Script { get; } = new();

    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings["Outbox:RetryAfter"] = "00:00:00.020";
        settings["Outbox:RetryAfterMax"] = "00:00:00.100";
        settings["Outbox:PollInterval"] = "00:00:00.050";
        settings["Outbox:Lease"] = "00:00:01";
        settings["Outbox:MaxAttempts"] = "4";
        settings.Services = services => services
            .AddSingleton(Script)
            .AddEventHandler<ExportRequested, ObedientHandler>()
            .AddEventHandler<ExportRequested, SecondHandler>();
    }
}

/// <summary>What the handlers shall do, by the number in the event, and what they did.</summary>
internal sealed class HandlerScript
{
    public ConcurrentQueue<(long Id, int Attempt, string? Cursor)> Calls { get; } = [];

    public ConcurrentQueue<long> SecondCalls { get; } = [];

    public Func<ExportRequested, OutboxDelivery, CancellationToken, Task> Do { get; set; } = (_, _, _) => Task.CompletedTask;
}

internal sealed class ObedientHandler(HandlerScript script) : IEventHandler<ExportRequested>
{
    public Task HandleAsync(ExportRequested e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        script.Calls.Enqueue((e.ExportId, delivery.Attempt, delivery.Cursor));
        return script.Do(e, delivery, cancellationToken);
    }
}

internal sealed class SecondHandler(HandlerScript script) : IEventHandler<ExportRequested>
{
    public Task HandleAsync(ExportRequested e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        script.SecondCalls.Enqueue(e.ExportId);
        return Task.CompletedTask;
    }
}

/// <summary>Side effects happen at least once, whatever fails. Events here name exports that do not exist: only these handlers care.</summary>
public sealed class OutboxDispatcherTests(OutboxFixture api) : IClassFixture<OutboxFixture>
{
    private HandlerScript Script => api.Script;

    [Fact]
    public async Task An_event_reaches_every_handler_and_its_message_goes()
    {
        await PublishAsync(101);
        await GoneAsync();
        Assert.Equal([(101L, 1, null)], Script.Calls.Where(call => call.Id == 101));
        Assert.Equal([101L], Script.SecondCalls.Where(id => id == 101));
    }

    [Fact]
    public async Task A_failing_handler_is_repeated_and_the_others_are_not()
    {
        Script.Do = (e, delivery, _) => e.ExportId == 102 && delivery.Attempt < 3 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask;
        await PublishAsync(102);
        await GoneAsync();
        Assert.Equal([1, 2, 3], Script.Calls.Where(call => call.Id == 102).Select(call => call.Attempt));
        Assert.Single(Script.SecondCalls, id => id == 102);
    }

    [Fact]
    public async Task A_message_that_always_fails_is_kept_for_a_person()
    {
        Script.Do = (e, _, _) => e.ExportId == 103 ? throw new InvalidOperationException("Never, dear secret@example.com.") : Task.CompletedTask;
        await PublishAsync(103);
        var message = await Eventually.Be(
            () => api.WithDatabase(db => db.OutboxMessages.AsNoTracking().SingleOrDefaultAsync(row => row.DeadAt != null)), row => row is not null);
        Assert.Equal(4, message!.Attempts);
        Assert.StartsWith("InvalidOperationException", message.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message.Error, StringComparison.Ordinal);
        await api.WithDatabase(db => db.OutboxMessages.Where(row => row.DeadAt != null).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Long_work_goes_on_where_it_was()
    {
        Script.Do = async (e, delivery, cancellationToken) =>
        {
            if (e.ExportId == 104 && delivery.Cursor != "two")
            {
                await delivery.SaveAsync(delivery.Cursor is null ? "one" : "two", 50, cancellationToken);
                throw new InvalidOperationException("Interrupted.");
            }
        };
        await PublishAsync(104);
        await GoneAsync();
        Assert.Equal([null, "one", "two"], Script.Calls.Where(call => call.Id == 104).Select(call => call.Cursor));
    }

    [Fact]
    public async Task A_message_whose_owner_died_is_taken_over()
    {
        // As a process leaves it that was killed in the middle: claimed, one attempt, lease not over yet.
        await api.WithDatabase(db =>
        {
            db.OutboxMessages.Add(new OutboxMessage { Type = nameof(ExportRequested), Payload = """{"exportId":105}""" });
            return db.SaveChangesAsync();
        });
        await api.Database.ExecuteAsync("update outbox_messages set attempts = 1, available_at = now() + interval '300 milliseconds' where payload->>'exportId' = '105'");
        await GoneAsync();
        Assert.Contains(Script.Calls, call => call.Id == 105);
    }

    [Fact]
    public async Task What_is_rolled_back_never_happens()
    {
        await api.WithDatabase(db => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new ExportRequested(106));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        }));
        await PublishAsync(107);
        await GoneAsync();
        await Eventually.Be(() => Task.FromResult(Script.Calls.Any(call => call.Id == 107)), done => done);
        Assert.DoesNotContain(Script.Calls, call => call.Id == 106);
    }

    [Fact]
    public async Task Two_dispatchers_share_the_work_without_repeating_it()
    {
        Script.Do = (_, _, _) => Task.CompletedTask;
        api.StartReplica();
        await api.WithDatabase(async db =>
        {
            for (var id = 1000; id < 1200; id++)
            {
                db.Publish(new ExportRequested(id));
            }

            return await db.SaveChangesAsync();
        });
        await GoneAsync();

        Assert.Equal(Enumerable.Range(1000, 200).Select(id => (long)id), Script.Calls.Where(call => call.Id >= 1000).Select(call => call.Id).Order());
    }

    [Fact]
    public async Task A_handler_that_has_to_wait_for_something_is_not_counted_as_failing()
    {
        Script.Do = (e, _, _) => e.ExportId == 108 && Script.Calls.Count(call => call.Id == 108) < 8
            ? throw new OutboxPostponedException("Away.")
            : Task.CompletedTask;
        await PublishAsync(108);
        await GoneAsync();
        Assert.Equal(8, Script.Calls.Count(call => call.Id == 108));
        Assert.All(Script.Calls.Where(call => call.Id == 108), call => Assert.Equal(1, call.Attempt));
    }

    private Task<int> PublishAsync(long exportId) => api.WithDatabase(db =>
    {
        db.Publish(new ExportRequested(exportId));
        return db.SaveChangesAsync();
    });

    private Task GoneAsync() => Eventually.Be(() => api.WithDatabase(db => db.OutboxMessages.CountAsync()), count => count == 0);
}
