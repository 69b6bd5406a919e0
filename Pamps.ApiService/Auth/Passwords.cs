using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Auth;

/// <summary>
/// Hashes and checks passwords in the format of ASP.NET's <c>PasswordHasher</c>, a few at a time: a flood of sign-ins
/// must not take the processors from everybody else. Whoever finds the waiting room full gets 503. Counts its work for
/// those who watch over it: a full waiting room is an attack, or too few processors.
/// </summary>
internal sealed class Passwords : IDisposable
{
    // The name that telemetry listens to.
    private const string Meter = "Pamps.ApiService";

    private readonly PasswordHasher<Account> _hasher;
    private readonly SemaphoreSlim _turns;
    private readonly int _waitingMax;

    // Checked in the place of accounts that do not exist, so that the time of an answer tells nothing.
    private readonly Lazy<string> _decoy;
    private readonly Counter<long> _checked;
    private readonly Counter<long> _refused;
    private readonly UpDownCounter<int> _running;
    private int _waiting;

    public Passwords(IOptions<PasswordHasherOptions> hasher, IOptions<PasswordHashingOptions> options, IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        _checked = meter.CreateCounter<long>("pamps.passwords.checked", "{check}", "Passwords compared with a hash, that of a decoy included.");
        _refused = meter.CreateCounter<long>("pamps.passwords.refused", "{request}", "Requests turned away because too many waited for their turn.");
        _running = meter.CreateUpDownCounter<int>("pamps.passwords.running", "{hash}", "Hashes being computed.");
        _hasher = new PasswordHasher<Account>(hasher);
        var parallel = options.Value.Parallel > 0 ? options.Value.Parallel : Math.Max(1, Environment.ProcessorCount / 2);
        _turns = new SemaphoreSlim(parallel, parallel);
        _waitingMax = options.Value.Waiting;
        _decoy = new Lazy<string>(() => _hasher.HashPassword(null!, Guid.NewGuid().ToString()));
    }

    /// <summary>The hash to store.</summary>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>Checks a password; takes as long for an account that does not exist.</summary>
    /// <param name="hash">The stored hash, or null when there is no account or no password.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    /// <returns>Whether it is right, and the hash to store instead when the stored one is of an older kind.</returns>
    public Task<(bool Right, string? Rehashed)> CheckAsync(string? hash, string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => Check(hash, password), cancellationToken);

    public void Dispose() => _turns.Dispose();

    private (bool Right, string? Rehashed) Check(string? hash, string password)
    {
        // Made by the first check of all, whomever it is about, and not by the first of an unknown account.
        var decoy = _decoy.Value;
        _checked.Add(1);
        return _hasher.VerifyHashedPassword(null!, hash ?? decoy, password) switch
        {
            _ when hash is null => (false, null),
            PasswordVerificationResult.Success => (true, null),
            PasswordVerificationResult.SuccessRehashNeeded => (true, _hasher.HashPassword(null!, password)),
            _ => (false, null),
        };
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _waitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            _refused.Add(1);
            throw new PasswordQueueFullException();
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        _running.Add(1);
        try
        {
            return work();
        }
        finally
        {
            _running.Add(-1);
            _turns.Release();
        }
    }
}
