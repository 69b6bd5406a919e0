using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Http;

/// <summary>So many points in so much time.</summary>
internal sealed class RateLimitRule
{
    /// <summary>Requests, or points of writes, that are let through.</summary>
    [Range(1, 100_000_000)]
    public int Permits { get; set; }

    /// <summary>In so much time; windows begin at whole multiples of it.</summary>
    public TimeSpan Window { get; set; }
}

/// <summary>All limits of request rates. Section <c>RateLimits</c>.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Off for load tests.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Per session or API key: Mastodon's number.</summary>
    public RateLimitRule SignedIn { get; set; } = Rule(300, TimeSpan.FromMinutes(5));

    /// <summary>Per account, over all its sessions and keys.</summary>
    public RateLimitRule Account { get; set; } = Rule(1_500, TimeSpan.FromMinutes(5));

    /// <summary>Per address, for callers without credentials.</summary>
    public RateLimitRule Anonymous { get; set; } = Rule(300, TimeSpan.FromMinutes(5));

    /// <summary>Sign-ins per address.</summary>
    public RateLimitRule SignIn { get; set; } = Rule(25, TimeSpan.FromMinutes(5));

    /// <summary>Sign-ins per name or e-mail address, wherever they come from: a password is guessed from many addresses.</summary>
    public RateLimitRule SignInName { get; set; } = Rule(25, TimeSpan.FromHours(1));

    /// <summary>New accounts per address.</summary>
    public RateLimitRule Register { get; set; } = Rule(5, TimeSpan.FromMinutes(30));

    /// <summary>New accounts per address by the older APIs, whose test suites make new users for every case: 57 in all.</summary>
    public RateLimitRule OlderRegister { get; set; } = Rule(60, TimeSpan.FromMinutes(30));

    /// <summary>Comments of guests per address: a conversation, not a flood.</summary>
    public RateLimitRule GuestComments { get; set; } = Rule(20, TimeSpan.FromMinutes(10));

    /// <summary>Points of writes per account and hour (create 3, change 2, delete 1): Bluesky's numbers.</summary>
    public RateLimitRule WritesHour { get; set; } = Rule(5_000, TimeSpan.FromHours(1));

    /// <summary>Points of writes per account and day.</summary>
    public RateLimitRule WritesDay { get; set; } = Rule(35_000, TimeSpan.FromDays(1));

    /// <summary>Imports of debts per account.</summary>
    public RateLimitRule Imports { get; set; } = Rule(10, TimeSpan.FromHours(1));

    /// <summary>How often replicas tell each other what they counted.</summary>
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    private static RateLimitRule Rule(int permits, TimeSpan window) => new() { Permits = permits, Window = window };
}
