using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using StackExchange.Redis;

namespace Pamps.Web.Auth;

/// <summary>
/// Keeps sessions, with their API tokens, in Redis, where every replica of the site finds them; the cookie holds the key
/// alone. Values are protected, so that a dump of Redis signs nobody in. Losing Redis costs a sign-in, nothing else:
/// while it is away visitors are strangers, and who signed in before is signed in again when it is back.
/// </summary>
internal sealed partial class SessionStore(
    IConnectionMultiplexer redis, IDataProtectionProvider protection, TimeProvider clock, ILogger<SessionStore> logger) : ITicketStore
{
    /// <summary>How long a session lasts without a visit.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private static readonly TimeSpan DraftLifetime = TimeSpan.FromHours(1);

    private const int MostRead = 1_000;

    private readonly ConcurrentDictionary<string, (byte[] Bytes, AuthenticationTicket Ticket)> _read = new();
    private readonly IDataProtector _tickets = protection.CreateProtector("Pamps.Web.Sessions", "1");
    private readonly IDataProtector _drafts = protection.CreateProtector("Pamps.Web.KeptForms", "1");

    /// <summary>An opaque key of 256 random bits.</summary>
    public static string NewKey() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        // Sign-in chose the key, since refreshing has to find the session again by it.
        var key = ticket.Properties.Session()?.Id ?? NewKey();
        await RenewAsync(key, ticket);
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var left = (ticket.Properties.ExpiresUtc ?? clock.GetUtcNow() + Lifetime) - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await redis.GetDatabase().StringSetAsync(
                SessionKey(key), _tickets.Protect(TicketSerializer.Default.Serialize(ticket)), left);
        }
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        try
        {
            var value = await redis.GetDatabase().StringGetAsync(SessionKey(key));
            return (byte[]?)value is { } bytes ? TicketOf(key, bytes) : null;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or CryptographicException)
        {
            LogUnreadable(exception);
            return null;
        }
    }

    public async Task RemoveAsync(string key)
    {
        _read.TryRemove(key, out _);
        try
        {
            await redis.GetDatabase().KeyDeleteAsync(SessionKey(key));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The cookie is deleted all the same, and nobody else holds the key.
            LogUnreadable(exception);
        }
    }

    /// <summary>Keeps a form that could not be sent (signed out meanwhile) until its writer is back.</summary>
    /// <returns>The key to take it out with.</returns>
    public async Task<string> KeepFormAsync(byte[] form)
    {
        var key = NewKey();
        await redis.GetDatabase().StringSetAsync(FormKey(key), _drafts.Protect(form), DraftLifetime);
        return key;
    }

    /// <summary>Reads a kept form; it stays until it expires, so that Back and reload still show it.</summary>
    public async Task<byte[]?> KeptFormAsync(string key)
    {
        try
        {
            var value = await redis.GetDatabase().StringGetAsync(FormKey(key));
            return (byte[]?)value is { } bytes ? _drafts.Unprotect(bytes) : null;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or CryptographicException)
        {
            LogUnreadable(exception);
            return null;
        }
    }

    /// <summary>
    /// Unprotecting costs more than asking Redis, so the last ticket of a session is kept beside what it was made of. Redis
    /// is asked all the same: a session that ended or changed anywhere is so here.
    /// </summary>
    private AuthenticationTicket? TicketOf(string key, byte[] bytes)
    {
        if (!_read.TryGetValue(key, out var read) || !read.Bytes.AsSpan().SequenceEqual(bytes))
        {
            if (TicketSerializer.Default.Deserialize(_tickets.Unprotect(bytes)) is not { } ticket)
            {
                return null;
            }

            if (_read.Count >= MostRead)
            {
                _read.Clear();
            }

            _read[key] = read = (bytes, ticket);
        }

        // Each request may change the properties of its ticket.
        return new(read.Ticket.Principal, read.Ticket.Properties.Clone(), read.Ticket.AuthenticationScheme);
    }

    private static RedisKey SessionKey(string key) => "web:session:" + key;

    private static RedisKey FormKey(string key) => "web:form:" + key;

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The session store gave no usable answer")]
    private partial void LogUnreadable(Exception exception);
}
