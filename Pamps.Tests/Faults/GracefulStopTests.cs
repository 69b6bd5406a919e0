using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using Npgsql;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Streams;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>An orchestrator replaces the process while people read and write.</summary>
[TakesMinutes]
public sealed class GracefulStopTests(ITestOutputHelper output)
{
    private const int Workers = 8;

    // Of this database: in another copy of the template the table has the same number.
    private const string Stuck = """
        select count(*) from pg_locks
        where not granted and relation = 'posts'::regclass and database = (select oid from pg_database where datname = current_database())
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly ConcurrentBag<string> _failures = [];
    private int _answered;
    private volatile bool _stopping;

    [Fact]
    public async Task Requests_in_flight_are_finished_and_streams_end()
    {
        await using var scene = await FaultScene.StartAsync(output, [new("Outbox:Enabled", "false"), new("Http:RequestTimeout", "00:05:00")]);
        var user = await scene.SignedInAs("writer");
        using var stream = await OpenedStream.OpenAsync(user, "home,notifications");
        Assert.Equal("ready", (await stream.NextAsync()).Type);
        var load = Task.WhenAll(Enumerable.Range(0, Workers).Select(number => WorkAsync(user, isReader: number % 2 == 0)));
        await Eventually.Be(() => Task.FromResult(_answered), count => count > 100);
        await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(200));

        // All of them get stuck in the middle of their work, each in a query: the list of tags is in nobody's memory. The
        // outbox rests, so that nobody else gets stuck.
        await using var connection = await scene.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table posts in access exclusive mode", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await Eventually.Be(() => scene.NumberAsync(Stuck), stuck => stuck == Workers);

        var start = TimeProvider.System.GetTimestamp();
        _stopping = true;
        var stop = scene.Api[0].TerminateAsync();
        await Eventually.Be(() => RefusesAsync(scene.Api[0].Address), refuses => refuses);
        Assert.False(stop.IsCompleted);
        await transaction.RollbackAsync();

        var exitCode = await stop;
        var took = TimeProvider.System.GetElapsedTime(start);
        await load;
        scene.Print($"{_acknowledged.Count} posts acknowledged, {_answered} answers; the process ended {took.TotalSeconds:0.0} s after SIGTERM.");

        Assert.Empty(_failures);
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, Limit);
        Assert.NotEmpty(_acknowledged);
        var kept = (await scene.ColumnAsync<long>("select id from posts")).ConvertAll(id => id.ToString(CultureInfo.InvariantCulture));
        Assert.Empty(_acknowledged.Except(kept));
        // The stream has ended as a whole answer does, not by a broken connection.
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true)
            {
                await stream.NextAsync();
            }
        });
    }

    /// <summary>One request after the other until the process is gone. What was sent before the signal has to be answered.</summary>
    private async Task WorkAsync(TestUser user, bool isReader)
    {
        while (true)
        {
            var late = _stopping;
            try
            {
                using var response = isReader
                    ? await user.Http.GetAsync(new Uri("/api/v1/tags?q=news", UriKind.Relative))
                    : await user.Http.PostAsJsonAsync("/api/v1/posts", new CreatePostRequestBuilder().Saying("news").Build(), Wire.Json);
                Interlocked.Increment(ref _answered);
                if (!response.IsSuccessStatusCode)
                {
                    _failures.Add($"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
                else if (!isReader)
                {
                    _acknowledged.Add((await response.ShouldSucceed<PostResponse>()).Id);
                }
            }
            catch (HttpRequestException exception)
            {
                if (!late)
                {
                    _failures.Add(exception.ToString());
                }

                return;
            }
        }
    }

    private static async Task<bool> RefusesAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
