using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>A further limit of an endpoint, beside the general ones.</summary>
internal enum RateLimit
{
    /// <summary>Sign-ins per address.</summary>
    SignIn,

    /// <summary>New accounts per address.</summary>
    Register,

    /// <summary>New accounts per address by the older APIs.</summary>
    OlderRegister,

    /// <summary>Imports of debts per account.</summary>
    Imports,

    /// <summary>Comments of guests per address; whoever is signed in has the limits of an account.</summary>
    GuestComments,
}

/// <summary>Marks an endpoint with a further limit.</summary>
/// <param name="Limit">The limit.</param>
internal sealed record RateLimited(RateLimit Limit);

/// <summary>
/// Lets callers through as long as they keep to the limits, and tells each answer how much is left. Whoever is signed in
/// is counted per session or key and per account, others per address. Not ASP.NET's limiter: that one neither shares
/// counts between replicas nor tells them.
/// </summary>
internal sealed class RateLimits(RateCounters counters, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private static readonly object StateKey = new();

    /// <summary>Counts the request; answers 429 when a limit is reached.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (!options.Value.Enabled || metadata?.GetMetadata<DisableRateLimitingAttribute>() is not null)
        {
            return next(context);
        }

        var user = context.RequestServices.GetRequiredService<CurrentUser>();
        var rules = options.Value;
        var decision = user.Id is { } account
            ? counters.Take("token", user.SessionId is { } session ? $"s{session}" : $"k{user.ApiKeyId}", rules.SignedIn)
            : counters.Take("address", AddressOf(context), rules.Anonymous);
        var rule = user.IsSignedIn ? rules.SignedIn : rules.Anonymous;
        Announce(context, decision, rule);
        if (!decision.Allowed)
        {
            return RefuseAsync(context, decision);
        }

        foreach (var (name, partition, further, points) in Further(context, user, metadata?.GetMetadata<RateLimited>()))
        {
            var narrower = counters.Take(name, partition, further, points);
            if (!narrower.Allowed)
            {
                Announce(context, narrower, further);
                return RefuseAsync(context, narrower);
            }
        }

        return next(context);
    }

    /// <summary>Counts a sign-in with a name, wherever it comes from. Returns when to come back, or null to go on.</summary>
    /// <param name="name">User name or e-mail address, folded.</param>
    public TimeSpan? RefusesSignIn(string name)
    {
        if (!options.Value.Enabled)
        {
            return null;
        }

        var decision = counters.Take("sign-in-name", name, options.Value.SignInName);
        return decision.Allowed ? null : decision.ResetAt - clock.GetUtcNow();
    }

    /// <summary>
    /// Takes a sign-in back that succeeded, so that only failures count. For the older APIs, whose clients and test suites
    /// sign in for every step; guesses cost there what they cost everywhere.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="name">User name or e-mail address, folded.</param>
    public void ForgiveSignIn(HttpContext context, string name)
    {
        counters.GiveBack("sign-in", AddressOf(context), options.Value.SignIn);
        counters.GiveBack("sign-in-name", name, options.Value.SignInName);
    }

    private IEnumerable<(string Name, string Partition, RateLimitRule Rule, int Points)> Further(HttpContext context, CurrentUser user, RateLimited? marked)
    {
        var rules = options.Value;
        if (user.Id is { } account)
        {
            var partition = $"a{account}";
            yield return ("account", partition, rules.Account, 1);
            var points = PointsOf(context.Request.Method);
            if (points > 0)
            {
                yield return ("writes-hour", partition, rules.WritesHour, points);
                yield return ("writes-day", partition, rules.WritesDay, points);
            }
        }

        switch (marked?.Limit)
        {
            case RateLimit.SignIn:
                yield return ("sign-in", AddressOf(context), rules.SignIn, 1);
                break;
            case RateLimit.Register:
                yield return ("register", AddressOf(context), rules.Register, 1);
                break;
            case RateLimit.OlderRegister:
                yield return ("register-older", AddressOf(context), rules.OlderRegister, 1);
                break;
            case RateLimit.GuestComments when !user.IsSignedIn:
                yield return ("guest-comments", AddressOf(context), rules.GuestComments, 1);
                break;
            case RateLimit.Imports:
                yield return ("imports", $"a{user.Id}", rules.Imports, 1);
                break;
        }
    }

    private static int PointsOf(string method) =>
        HttpMethods.IsPost(method) ? 3 : HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) ? 2 : HttpMethods.IsDelete(method) ? 1 : 0;

    /// <summary>An IPv6 address stands for its /64: that is what one customer gets.</summary>
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    /// <summary>Written when the answer starts: the exception handler clears headers that were set before.</summary>
    private static void Announce(HttpContext context, RateDecision decision, RateLimitRule rule)
    {
        var first = !context.Items.ContainsKey(StateKey);
        context.Items[StateKey] = (decision, rule);
        if (!first)
        {
            return;
        }

        context.Response.OnStarting(
            static state =>
            {
                var context = (HttpContext)state;
                var (decision, rule) = ((RateDecision, RateLimitRule))context.Items[StateKey]!;
                var headers = context.Response.Headers;
                headers["X-RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
                headers["X-RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
                headers["X-RateLimit-Reset"] = decision.ResetAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"{rule.Permits};w={(long)rule.Window.TotalSeconds}");
                return Task.CompletedTask;
            },
            context);
    }

    private Task RefuseAsync(HttpContext context, RateDecision decision)
    {
        context.Response.Headers.RetryAfter = Seconds(decision.ResetAt - clock.GetUtcNow());
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = Problems.Details(StatusCodes.Status429TooManyRequests, ProblemCodes.RateLimited),
        }).AsTask();
    }

    /// <summary>A number of seconds for <c>Retry-After</c>, at least 1.</summary>
    /// <param name="time">The time to wait.</param>
    public static string Seconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
