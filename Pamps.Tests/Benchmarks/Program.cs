using Pamps.Tests.Benchmarks;

// Each benchmark prints what it measured as ratios and rates; the command and a run are in docs/.
return args switch
{
    ["billing", .. var options] => await BillingBenchmark.RunAsync(options),
    ["fanout", .. var options] => await FanOutBenchmark.RunAsync(BenchmarkOptions.Parse(options)),
    ["feeds", .. var options] => await FeedBenchmark.RunAsync(BenchmarkOptions.Parse(options)),
    ["site", .. var options] => await SiteBenchmark.RunAsync(BenchmarkOptions.Parse(options)),
    ["soak", .. var options] => await SoakBenchmark.RunAsync(BenchmarkOptions.Parse(options)),

    // The API with a look at its heap, started by the benchmark of endurance.
    ["api", var gcFile] => await SoakBenchmark.HostAsync(gcFile),

    // The server that feeds are compared with, started by that benchmark.
    ["ceiling", var address] => await Ceiling.RunAsync(address),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project Pamps.Tests/Benchmarks -- billing --postgres "<connection string>" --redis "<connection string>" [--rows 1100000] [--rounds 3] [--mails 20000]
        dotnet run -c Release --project Pamps.Tests/Benchmarks -- fanout --postgres "<connection string>" --redis "<connection string>"
        dotnet run -c Release --project Pamps.Tests/Benchmarks -- soak --postgres "<connection string>" --redis "<connection string>" [--minutes 10]
        dotnet run -c Release --project Pamps.Tests/Benchmarks -- feeds --postgres "<connection string>" --redis "<connection string>" [--rounds 7] [--seconds 4]
        dotnet run -c Release --project Pamps.Tests/Benchmarks -- site --postgres "<connection string>" --redis "<connection string>" [--rounds 7] [--seconds 4]
        """);
    return 2;
}
