using Pamps.ServiceDefaults;
using StackExchange.Redis;

namespace Pamps.ApiService.Redis;

internal static class RedisExtensions
{
    /// <summary>Registers the connection to Redis. It comes up without Redis too and connects once there is one.</summary>
    public static void AddPampsRedis(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RedisOptions>().BindConfiguration("Redis");
        builder.Services.AddSingleton<RedisKeys>();
        builder.Services.AddSingleton<RedisGate>();
        builder.Services.AddSingleton<ChangeBus>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeBus>());
        builder.Services.AddHostedService<CompactSets>();

        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
        {
            var configuration = ConfigurationOptions.Parse(
                services.GetRequiredService<IConfiguration>().GetConnectionString(ResourceNames.Cache) ?? "127.0.0.1:6379");

            // Stated because the defaults differ between versions of the client.
            configuration.AbortOnConnectFail = false;
            configuration.ConnectTimeout = 2_000;
            configuration.SyncTimeout = 1_000;
            configuration.KeepAlive = 10;
            configuration.ReconnectRetryPolicy = new LinearRetry(500);
            configuration.AllowAdmin = true;
            return ConnectionMultiplexer.Connect(configuration);
        });
    }
}
