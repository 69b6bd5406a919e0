using Pamps.Tests.Benchmarks;

// Each benchmark prints what it measured as ratios and rates; the command and a run are in docs/.
return args switch
{
    ["billing", .. var options] => await BillingBenchmark.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project Pamps.Tests/Benchmarks -- billing --postgres "<connection string>" --redis "<connection string>" [--rows 1100000]
        """);
    return 2;
}
