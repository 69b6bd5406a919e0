using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Reports;

namespace Pamps.ApiService.Cli;

/// <summary>Commands for accounts and their keys.</summary>
internal static class AccountCommands
{
    /// <summary>Shortest password here, as on the older APIs; the site and <c>/api/v1</c> ask for more.</summary>
    private const int PasswordMin = 5;

    private static readonly Argument<string> Username = new("username") { Description = "The user name." };
    private static readonly Option<string?> Password = new("--password") { Description = "The password; a random one is made and shown when absent." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the audit log." };

    /// <summary>Adds the commands.</summary>
    /// <param name="root">The root.</param>
    /// <param name="run">Makes actions.</param>
    public static void AddTo(RootCommand root, AdminAction run)
    {
        var email = new Argument<string>("email") { Description = "The e-mail address." };
        var role = new Option<AccountRole>("--role") { Description = "What the account may do: User, Moderator, Administrator." };
        var billing = new Option<bool>("--billing") { Description = "Whether it works with billing." };
        var search = new Option<string?>("--search") { Description = "Part of a user name or e-mail address." };
        var limit = new Option<int>("--limit") { Description = "Most rows.", DefaultValueFactory = _ => 50 };
        var newRole = new Argument<AccountRole>("role") { Description = "User, Moderator or Administrator." };

        var accounts = new Command("accounts", "Creates, lists and changes accounts.");
        accounts.Add(Command("create", "Creates an account.", [Username, email], [Password, role, billing], run((context, token) => CreateAsync(context, email, role, billing, token))));
        accounts.Add(Command("list", "Lists accounts, newest first.", [], [search, limit], run((context, token) => ListAsync(context, search, limit, token))));
        accounts.Add(Command("promote", "Changes what an account may do.", [Username, newRole], [billing, Reason], run((context, token) => PromoteAsync(context, newRole, billing, token))));
        accounts.Add(Command("suspend", "Suspends an account.", [Username], [Reason], run((context, token) => ChangeAsync(context, "suspended", (db, account, now) =>
            SuspendAccount.Suspend(db, account, actorId: null, context.Arguments.GetValue(Reason) ?? "By an administrator.", now), token))));
        accounts.Add(Command("lift", "Lifts a suspension.", [Username], [], run((context, token) => ChangeAsync(context, "no longer suspended", (db, account, now) =>
            SuspendAccount.Lift(db, account, actorId: null, now), token))));
        accounts.Add(Command("reset-password", "Sets a new password and signs out everywhere.", [Username], [Password], run(ResetPasswordAsync)));
        accounts.Add(Command("delete", "Deletes an account; it is erased after its grace time.", [Username], [Reason], run(DeleteAsync)));
        root.Add(accounts);

        var keys = new Command("keys", "Personal API keys.");
        keys.Add(Command("revoke", "Revokes all API keys of an account.", [Username], [Reason], run(RevokeKeysAsync)));
        root.Add(keys);
    }

    /// <summary>Makes a command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">Its options.</param>
    /// <param name="action">Its action.</param>
    internal static Command Command(
        string name, string description, IEnumerable<Argument> arguments, IEnumerable<Option> options, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(action);
        return command;
    }

    private static async Task<AdminResult> CreateAsync(
        AdminContext context, Argument<string> email, Option<AccountRole> role, Option<bool> billing, CancellationToken cancellationToken)
    {
        var (username, address) = (context.Arguments.GetRequiredValue(Username), context.Arguments.GetRequiredValue(email));
        var given = context.Arguments.GetValue(Password);
        var password = given ?? RandomPassword();
        if (username.Length is < AccountLimits.UsernameMin or > AccountLimits.UsernameMax || !username.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return AdminResult.Refused("A user name has 3 to 30 letters, digits and _.");
        }

        if (password.Length is < PasswordMin or > AccountLimits.PasswordMax)
        {
            return AdminResult.Refused($"A password has {PasswordMin} to {AccountLimits.PasswordMax} characters.");
        }

        if (context.DryRun)
        {
            var name = username.ToLowerInvariant();
            return await context.Db.Accounts.AnyAsync(account => account.Username == name, cancellationToken)
                ? AdminResult.Refused($"There is an account {name} already.")
                : AdminResult.Done($"would create {name}.", ("username", name));
        }

        var outcome = await RegisterAccount.HandleAsync(
            new RegisterAccountRequest { Username = username, Email = address, Password = password },
            context.Db, context.Services.GetRequiredService<Passwords>(), context.Services.GetRequiredService<TimeProvider>(), cancellationToken);
        if (outcome.Result is not Created<MeResponse> { Value: { } me })
        {
            return AdminResult.Refused(outcome.Result is ProblemHttpResult { ProblemDetails: var problem }
                ? $"Refused: {problem.Extensions["code"]} {problem.Detail}".TrimEnd()
                : "Refused.");
        }

        var account = await context.Db.Accounts.SingleAsync(account => account.Username == me.Username, cancellationToken);
        account.Role = context.Arguments.GetValue(role);
        account.BillingOperator = context.Arguments.GetValue(billing);
        context.Db.AuditEntries.Add(Audit.Entry("account.create", $"account:{account.Id}", actorId: null, reason: null, context.Now));
        await context.Db.SaveChangesAsync(cancellationToken);
        return AdminResult.Done(
            given is null ? $"Created {me.Username} with the password {password}" : $"Created {me.Username}.",
            ("id", me.Id), ("username", me.Username), ("email", me.Email), ("role", account.Role.ToString()), ("password", given is null ? password : null));
    }

    private static async Task<AdminResult> ListAsync(AdminContext context, Option<string?> search, Option<int> limit, CancellationToken cancellationToken)
    {
        var wanted = context.Arguments.GetValue(search)?.ToLowerInvariant();
        var accounts = await context.Db.Accounts.AsNoTracking()
            .Where(account => wanted == null || account.Username.Contains(wanted) || account.EmailNormalized!.Contains(wanted))
            .OrderByDescending(account => account.Id)
            .Take(Math.Clamp(context.Arguments.GetValue(limit), 1, 10_000))
            .ToListAsync(cancellationToken);
        return AdminResult.Table(
            ["id", "username", "email", "role", "billing", "created", "seen", "followers", "state"],
            accounts.Select(account => new object?[]
            {
                account.Id, account.Username, account.Email, account.Role.ToString(), account.BillingOperator, account.CreatedAt, account.LastSeenAt, account.FollowerCount,
                account.PurgedAt is not null ? "erased" : account.DeletedAt is not null ? "deleted" : account.SuspendedAt is not null ? "suspended" : "active",
            }));
    }

    private static Task<AdminResult> PromoteAsync(AdminContext context, Argument<AccountRole> role, Option<bool> billing, CancellationToken cancellationToken)
    {
        var (newRole, operates) = (context.Arguments.GetValue(role), context.Arguments.GetValue(billing));
        return ChangeAsync(context, $"{newRole}{(operates ? ", working with billing" : "")}", (db, account, now) =>
        {
            db.AuditEntries.Add(Audit.Entry("account.promote", $"account:{account.Id}", actorId: null, $"{account.Role} to {newRole}", now));
            account.Role = newRole;
            account.BillingOperator = operates;
        }, cancellationToken);
    }

    private static async Task<AdminResult> ResetPasswordAsync(AdminContext context, CancellationToken cancellationToken)
    {
        var given = context.Arguments.GetValue(Password);
        var password = given ?? RandomPassword();
        if (password.Length is < PasswordMin or > AccountLimits.PasswordMax)
        {
            return AdminResult.Refused($"A password has {PasswordMin} to {AccountLimits.PasswordMax} characters.");
        }

        if (await FindAsync(context, cancellationToken) is not { } account)
        {
            return NotFound(context);
        }

        if (!context.DryRun)
        {
            var now = context.Now;
            account.PasswordHash = await context.Services.GetRequiredService<Passwords>().HashAsync(password, cancellationToken);
            foreach (var session in await context.Db.Sessions.Where(session => session.AccountId == account.Id && session.RevokedAt == null).ToListAsync(cancellationToken))
            {
                session.RevokedAt = now;
            }

            context.Db.AuditEntries.Add(Audit.Entry("account.reset_password", $"account:{account.Id}", actorId: null, reason: null, now));
            await context.Db.SaveChangesAsync(cancellationToken);
        }

        return AdminResult.Done(
            given is null && !context.DryRun ? $"{account.Username} has the password {password}" : $"{account.Username} has a new password.",
            ("username", account.Username), ("password", given is null && !context.DryRun ? password : null));
    }

    private static async Task<AdminResult> DeleteAsync(AdminContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, cancellationToken) is not { } account)
        {
            return NotFound(context);
        }

        if (!context.DryRun && account.DeletedAt is null)
        {
            await DeleteAccount.MarkAsync(context.Db, account, actorId: null, context.Arguments.GetValue(Reason), context.Now, cancellationToken);
            await context.Db.SaveChangesAsync(cancellationToken);
        }

        return AdminResult.Done($"{account.Username} is deleted, and will be erased after the grace time.", ("id", account.Id), ("username", account.Username));
    }

    private static async Task<AdminResult> RevokeKeysAsync(AdminContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, cancellationToken) is not { } account)
        {
            return NotFound(context);
        }

        var now = context.Now;
        var keys = await context.Db.ApiKeys.Where(key => key.AccountId == account.Id && key.RevokedAt == null).ToListAsync(cancellationToken);
        if (!context.DryRun)
        {
            keys.ForEach(key => key.RevokedAt = now);
            context.Db.AuditEntries.Add(Audit.Entry("key.revoke_all", $"account:{account.Id}", actorId: null, context.Arguments.GetValue(Reason), now));
            await context.Db.SaveChangesAsync(cancellationToken);
        }

        return AdminResult.Done($"{keys.Count} keys of {account.Username} are revoked.", ("username", account.Username), ("keys", keys.Count));
    }

    private static async Task<AdminResult> ChangeAsync(
        AdminContext context, string becomes, Action<PampsDbContext, Account, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, cancellationToken) is not { } account)
        {
            return NotFound(context);
        }

        if (!context.DryRun)
        {
            change(context.Db, account, context.Now);
            await context.Db.SaveChangesAsync(cancellationToken);
        }

        return AdminResult.Done($"{account.Username} is {becomes}.", ("id", account.Id), ("username", account.Username), ("role", account.Role.ToString()));
    }

    private static Task<Account?> FindAsync(AdminContext context, CancellationToken cancellationToken)
    {
        var name = context.Arguments.GetRequiredValue(Username).ToLowerInvariant();
        return context.Db.Accounts.SingleOrDefaultAsync(account => account.Username == name && account.PurgedAt == null, cancellationToken);
    }

    private static AdminResult NotFound(AdminContext context) => AdminResult.Refused($"There is no account {context.Arguments.GetRequiredValue(Username)}.");

    private static string RandomPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));
}
