using System.Globalization;

namespace Pamps.Tests.Benchmarks;

/// <summary>What the command line says.</summary>
internal sealed record BenchmarkOptions
{
    public string Postgres { get; init; } = "";

    public string Redis { get; init; } = "";

    public int Accounts { get; init; } = 10_000;

    public int Posts { get; init; } = 200_000;

    public int Follows { get; init; } = 500_000;

    public int Rounds { get; init; } = 7;

    public int Seconds { get; init; } = 4;

    public int Connections { get; init; } = 32;

    public double Minutes { get; init; } = 10;

    public static int Explain()
    {
        Console.Error.WriteLine("""
            feeds | fanout | soak --postgres <connection string> --redis <connection string>
                  [--accounts 10000] [--posts 200000] [--follows 500000] [--rounds 7] [--seconds 4] [--connections 32] [--minutes 10]
            site  --postgres <connection string> --redis <connection string> [--rounds 7] [--seconds 4] [--connections 32]
            The database pamps_benchmark (site: pamps_benchmark_site) is dropped and made anew on that server; keys in Redis begin with benchmark:.
            """);
        return 2;
    }

    public static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        for (var index = 0; index + 1 < arguments.Length; index += 2)
        {
            var value = arguments[index + 1];
            options = arguments[index] switch
            {
                "--postgres" => options with { Postgres = value },
                "--redis" => options with { Redis = value },
                "--accounts" => options with { Accounts = Number(value) },
                "--posts" => options with { Posts = Number(value) },
                "--follows" => options with { Follows = Number(value) },
                "--rounds" => options with { Rounds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--minutes" => options with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) },
                var unknown => throw new ArgumentException($"{unknown} is not understood."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
