namespace Pamps.Tests.Fixtures;

/// <summary>Postgres and Redis of the run.</summary>
/// <param name="Postgres">Connection string of the server; the database in it is not the one to use.</param>
/// <param name="Redis">Connection string.</param>
internal sealed record Servers(string Postgres, string Redis)
{
    /// <summary>Starts them at the first call.</summary>
    public static Task<Servers> StartAsync()
    {
        var postgres = Environment.GetEnvironmentVariable("PAMPS_TEST_POSTGRES");
        var redis = Environment.GetEnvironmentVariable("PAMPS_TEST_REDIS");
        return postgres is null || redis is null
            ? throw new PrerequisiteMissingException("Set PAMPS_TEST_POSTGRES and PAMPS_TEST_REDIS to connection strings.")
            : Task.FromResult(new Servers(postgres, redis));
    }
}
