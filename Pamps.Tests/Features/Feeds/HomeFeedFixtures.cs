
namespace Pamps.Tests.Features.Feeds;

/// <summary>An API whose feeds hold five posts in Redis, so that every test crosses the edge.</summary>
public class SmallWindowFixture : ApiFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings["Feeds:Window"] = "5";
        settings["Feeds:FanOutBatch"] = "2";
        settings["Feeds:ReadAhead"] = "7";
    }
}

/// <summary>The same where every author has too many followers to fan out to.</summary>
public sealed class PulledFeedsFixture : SmallWindowFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        base.Configure(settings);
        settings["Feeds:FanOutFollowersMax"] = "0";
    }
}

/// <summary>The same where every reader follows too many accounts to have a feed in Redis.</summary>
public sealed class NoFeedsFixture : SmallWindowFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        base.Configure(settings);
        settings["Feeds:FolloweesMax"] = "0";
    }
}

/// <summary>The same with a Redis that a test may take away.</summary>
public sealed class FragileRedisFixture : SmallWindowFixture, IAsyncLifetime
{
    /// <summary>The way to Redis.</summary>
    public NetworkGate Gate { get; private set; } = null!;

    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        base.Configure(settings);
        var redis = StackExchange.Redis.ConfigurationOptions.Parse(settings["ConnectionStrings:cache"]!);
        var (host, port) = redis.EndPoints[0] switch
        {
            System.Net.DnsEndPoint dns => (dns.Host, dns.Port),
            System.Net.IPEndPoint ip => (ip.Address.ToString(), ip.Port),
            var other => throw new InvalidOperationException($"An endpoint of an unknown kind: {other}"),
        };
        Gate = new NetworkGate(host, port);
        settings["ConnectionStrings:cache"] = $"127.0.0.1:{Gate.Port}" + (redis.Password is null ? "" : $",password={redis.Password}");
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        Gate.Open();
        await DisposeAsync();
        await Gate.DisposeAsync();
    }
}
