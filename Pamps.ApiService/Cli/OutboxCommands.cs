using System.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace Pamps.ApiService.Cli;

/// <summary>Commands for side effects that wait or were given up.</summary>
internal static class OutboxCommands
{
    /// <summary>Adds the commands.</summary>
    /// <param name="root">The root.</param>
    /// <param name="run">Makes actions.</param>
    public static void AddTo(RootCommand root, AdminAction run)
    {
        var dead = new Option<bool>("--dead") { Description = "Only those that were given up." };
        var limit = new Option<int>("--limit") { Description = "Most rows.", DefaultValueFactory = _ => 50 };
        var id = new Option<long?>("--id") { Description = "This message; all dead ones when absent." };

        var outbox = new Command("outbox", "Side effects that wait or were given up.");
        outbox.Add(AccountCommands.Command("list", "Lists messages, oldest first, with progress and last failure.", [], [dead, limit], run((context, token) => ListAsync(context, dead, limit, token))));
        outbox.Add(AccountCommands.Command("retry", "Tries messages again that were given up.", [], [id], run((context, token) => RetryAsync(context, id, token))));
        root.Add(outbox);
    }

    private static async Task<AdminResult> ListAsync(AdminContext context, Option<bool> dead, Option<int> limit, CancellationToken cancellationToken)
    {
        var onlyDead = context.Arguments.GetValue(dead);
        var messages = await context.Db.OutboxMessages.AsNoTracking()
            .Where(message => !onlyDead || message.DeadAt != null)
            .OrderBy(message => message.Id)
            .Take(Math.Clamp(context.Arguments.GetValue(limit), 1, 10_000))
            .ToListAsync(cancellationToken);
        return AdminResult.Table(
            ["id", "type", "created", "available", "attempts", "progress", "dead", "error"],
            messages.Select(message => new object?[]
            {
                message.Id, message.Type, message.CreatedAt, message.AvailableAt, message.Attempts, message.Progress, message.DeadAt is not null, message.Error,
            }));
    }

    private static async Task<AdminResult> RetryAsync(AdminContext context, Option<long?> id, CancellationToken cancellationToken)
    {
        var wanted = context.Arguments.GetValue(id);
        var now = context.Now;
        var dead = context.Db.OutboxMessages.Where(message => message.DeadAt != null && (wanted == null || message.Id == wanted));
        var count = context.DryRun
            ? await dead.CountAsync(cancellationToken)
            : await dead.ExecuteUpdateAsync(
                set => set
                    .SetProperty(message => message.DeadAt, (DateTimeOffset?)null)
                    .SetProperty(message => message.Attempts, 0)
                    .SetProperty(message => message.AvailableAt, now),
                cancellationToken);
        return wanted is not null && count == 0
            ? AdminResult.Refused($"No message {wanted} was given up.")
            : AdminResult.Done($"{count} messages are tried again.", ("messages", count));
    }
}
