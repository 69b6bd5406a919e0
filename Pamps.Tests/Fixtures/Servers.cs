namespace Pamps.Tests.Fixtures;

/// <summary>Postgres and Redis of the run.</summary>
/// <param name="Postgres">Connection string of the server; the database in it is not the one to use.</param>
/// <param name="Redis">Connection string.</param>
internal sealed record Servers(string Postgres, string Redis)
{
    /// <summary>Starts them at the first call.</summary>
    public static async Task<Servers> StartAsync() => new(await AppModel.PostgresAsync(), await AppModel.RedisAsync());
}
