using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Billing;

namespace Pamps.Tests.Http;

/// <summary>The API of billing with little patience.</summary>
public sealed class ImpatientFixture : BillingFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        base.Configure(settings);
        settings!["Http:RequestTimeout"] = "00:00:01";
    }
}

/// <summary>Requests end in time, but for those that take as long as their data is large.</summary>
public sealed class RequestTimeoutTests(ImpatientFixture api) : IClassFixture<ImpatientFixture>
{
    /// <summary>Each with the reason why it may take as long as it takes.</summary>
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/stream"] = "it is open until the client leaves",
        ["GET /api/v1/me/exports/{exportId:long}/file"] = "an export is as large as what the person has written",
        ["GET /api/v1/billing/imports/{importId}/corrections.csv"] = "a correction file may have a million rows",
        ["POST /api/v1/billing/imports"] = "a file of a million rows comes over a slow line",
        ["POST /process-file"] = "the same, as the older API takes it",
    };

    [Fact]
    public void Only_what_is_as_long_as_its_data_has_no_time_limit()
    {
        var endpoints = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        var unlimited = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.True(endpoints.Count > Exempt.Count);
        Assert.Equal(Exempt.Keys.Order(), unlimited.Order());
    }

    [Fact]
    public async Task An_upload_may_take_longer_than_any_other_request()
    {
        using var slow = new SlowContent(Encoding.UTF8.GetBytes(BillingFixture.Csv(BillingFixture.Row(), BillingFixture.Row())));
        using var content = new StreamContent(slow) { Headers = { ContentType = new("text/csv") } };
        var upload = api.Operator.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), content);
        await slow.HalfSent;

        // Somebody else begins later and is out of time by now.
        await using (var connection = new NpgsqlConnection(api.Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("lock table tags in access exclusive mode", connection);
            await command.ExecuteNonQueryAsync();
            using var stuck = await api.Anonymous.GetAsync(new Uri("/api/v1/tags?q=a", UriKind.Relative));
            await stuck.ShouldBeProblemAsync(503, "unavailable");
        }

        slow.SendRest();
        using var response = await upload;
        Assert.Equal("received", (await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted)).State);
    }

    /// <summary>Sends its first half, and the rest when told to.</summary>
    private sealed class SlowContent(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HalfSent => _half.Task;

        public void SendRest() => _rest.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var half = (int)Length / 2;
            if (Position >= half)
            {
                _half.TrySetResult();
                await _rest.Task.WaitAsync(cancellationToken);
                return await base.ReadAsync(buffer, cancellationToken);
            }

            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, half - (int)Position)], cancellationToken);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[bufferSize];
            int read;
            while ((read = await ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                await destination.FlushAsync(cancellationToken);
            }
        }
    }
}
