using System.Net;
using System.Net.Http.Json;
using Npgsql;

namespace Pamps.Tests.Http;

/// <summary>An API where a key belongs to its request for a moment only.</summary>
public sealed class ShortLeaseFixture : ApiFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings["Http:IdempotencyLease"] = "00:00:00.001";
        settings["Outbox:Enabled"] = "false";
    }
}

public sealed class IdempotencyLeaseTests(ShortLeaseFixture api) : IClassFixture<ShortLeaseFixture>
{
    private const string Stuck = """
        select count(*) from pg_locks
        where not granted and relation = 'posts'::regclass and database = (select oid from pg_database where datname = current_database())
        """;

    [Fact]
    public async Task A_request_that_outlives_its_lease_leaves_the_work_to_the_repetition()
    {
        var ana = await api.SignedInAs("ana");
        await using var connection = new NpgsqlConnection(api.Database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table posts in access exclusive mode", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        var key = Guid.NewGuid().ToString();
        var first = PostAsync(ana, key);
        await WaitUntilStuckAsync(1);
        var second = PostAsync(ana, key);
        await WaitUntilStuckAsync(2);
        await transaction.RollbackAsync();

        using var late = await first;
        await late.ShouldBeProblemAsync(409, "request_in_flight");
        Assert.Null(late.Headers.Location);
        using var done = await second;
        await done.ShouldBe(HttpStatusCode.Created);
        await using var count = new NpgsqlCommand("select count(*) from posts", connection);
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    private static async Task<HttpResponseMessage> PostAsync(TestUser user, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/posts")
        {
            Content = JsonContent.Create(new CreatePostRequestBuilder().Saying("once").Build(), options: Wire.Json),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await user.Http.SendAsync(request);
    }

    private async Task WaitUntilStuckAsync(long requests)
    {
        await using var connection = new NpgsqlConnection(api.Database.ConnectionString);
        await connection.OpenAsync();
        await Eventually.Be(
            async () =>
            {
                await using var command = new NpgsqlCommand(Stuck, connection);
                return (long)(await command.ExecuteScalarAsync())!;
            },
            stuck => stuck == requests);
    }
}
