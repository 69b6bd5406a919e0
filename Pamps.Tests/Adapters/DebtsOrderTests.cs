using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Pamps.ApiService.Features.Billing;
using Pamps.Tests.Features.Billing;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Adapters;

/// <summary>The checks of the older intake of debts, in their order: what is wrong in several ways is told by the first.</summary>
public sealed class DebtsOrderTests(BillingFixture api, DebtsOrderTests.Stalled stalled)
    : IClassFixture<BillingFixture>, IClassFixture<DebtsOrderTests.Stalled>
{
    private const string Columns = "debtId,name,governmentId,email,debtAmount,debtDueDate";

    private static readonly byte[] NoUtf8 = Encoding.Latin1.GetBytes($"{Columns}\nd,João,1,x@example.com,1,2031-01-31\n");

    [Fact]
    public async Task The_key_is_refused_before_the_body_is_read()
    {
        using var body = new Unread();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/process-file") { Content = body };
        request.Headers.ExpectContinue = true;
        request.Headers.Add("x-api-key", "wrong");

        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBe(HttpStatusCode.Unauthorized);
        Assert.False(body.WasRead);
    }

    [Fact]
    public async Task Each_check_comes_before_the_next()
    {
        await IsRefusedAsync(401, "Invalid or missing api_key", "wrong", "other", "application/json", NoUtf8);
        await IsRefusedAsync(422, null, api.ApiKey, "other", "application/json", NoUtf8);
        await IsRefusedAsync(400, "Invalid file format. Make sure the file is a csv.", api.ApiKey, "file", "application/json", NoUtf8);
        await IsRefusedAsync(400, "Missing columns: name", api.ApiKey, "file", "text/csv", Encoding.UTF8.GetBytes(Columns.Replace("name,", "", StringComparison.Ordinal) + "\nbad row\n"));
        await IsRefusedAsync(400, "There are errors in your input.", api.ApiKey, "file", "text/csv", NoUtf8);
        await IsRefusedAsync(400, "There are errors in your input.", api.ApiKey, "file", "text/csv", Encoding.UTF8.GetBytes(Columns + "\nbad row\n"));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "file=x")]
    [InlineData("application/json", "{}")]
    [InlineData("text/csv", Columns)]
    [InlineData(null, Columns)]
    public async Task A_body_that_is_no_multipart_form_has_no_part(string? type, string text)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

        using var response = await SendAsync(api, body, api.ApiKey);

        await response.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("""["body","file"]""", (await BodyAsync(response))["detail"]![0]!["loc"]!.ToJsonString());
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_form_that_cannot_be_read_is_a_bad_request(string type)
    {
        using var body = new ByteArrayContent("--x\r\nContent-Disposition: form-data"u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await SendAsync(api, body, api.ApiKey);

        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.NotEqual("", (string?)(await BodyAsync(response))["detail"]);
    }

    [Fact]
    public async Task Byte_order_mark_further_columns_any_order_blanks_and_past_dates_are_fine()
    {
        var id = NewDebtId();
        var file = $"\uFEFFnote,debtDueDate,debtAmount,email,governmentId,name,debtId\nx,2022-10-12,0.01,not an address,1234,John Doe,{id} \n";

        using var form = Form("file", "text/csv", Encoding.UTF8.GetBytes(file));
        using var response = await SendAsync(api, form, api.ApiKey, "/process-file/");

        await response.ShouldBe(HttpStatusCode.Created);
        Assert.Equal((0.01m, "John Doe"), ((await api.BoletoAsync(id)).Amount, (await api.BoletoAsync(id)).Name));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("nan")]
    [InlineData("1e3")]
    [InlineData("1.234")]
    [InlineData("100000000.00")]
    public async Task Amounts_are_positive_decimals_of_two_places(string amount)
    {
        using var form = Form("file", "text/csv", Encoding.UTF8.GetBytes($"{Columns}\n{NewDebtId()},x,1,x@example.com,{amount},2031-01-31\n"));
        using var response = await SendAsync(api, form, api.ApiKey);

        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.Equal("debtAmount", (string?)(await BodyAsync(response))["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task The_answer_comes_within_a_minute_however_long_storing_takes()
    {
        using var form = Form("file", "text/csv", Encoding.UTF8.GetBytes(Csv(Row())));
        var sent = SendAsync(stalled, form, stalled.ApiKey);
        var start = stalled.Clock.GetUtcNow();

        await Eventually.Be(
            () =>
            {
                stalled.Clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(sent.IsCompleted);
            },
            answered => answered);

        using var response = await sent;
        var body = await response.ShouldBe<JsonNode>(HttpStatusCode.Created);
        Assert.InRange(stalled.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(50), TimeSpan.FromHours(1));
        using var known = await stalled.Operator.GetAsync(new Uri($"/api/v1/billing/imports/{body["batchId"]}", UriKind.Relative));
        await known.ShouldBe(HttpStatusCode.OK);
    }

    private async Task IsRefusedAsync(int status, string? detail, string key, string part, string type, byte[] file)
    {
        using var form = Form(part, type, file);
        using var response = await SendAsync(api, form, key);

        await response.ShouldBe((HttpStatusCode)status);
        if (detail is not null)
        {
            Assert.StartsWith(detail, (string?)(await BodyAsync(response))["detail"], StringComparison.Ordinal);
        }
    }

    private static MultipartFormDataContent Form(string part, string type, byte[] file) =>
        new() { { new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, part, "debts.csv" } };

    private static async Task<HttpResponseMessage> SendAsync(BillingFixture api, HttpContent body, string key, string path = "/process-file")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.Add("x-api-key", key);
        return await api.Anonymous.SendAsync(request);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>An API in which nothing stores the rows of files, and whose clock the test moves.</summary>
    public sealed class Stalled : BillingFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            base.Configure(settings);
            settings.Clock = new ManualTimeProvider();
            settings.Services = services =>
            {
                foreach (var reader in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(ReadImports)).ToList())
                {
                    services.Remove(reader);
                }
            };
        }
    }

    private sealed class Unread : HttpContent
    {
        public bool WasRead { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasRead = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 1_000_000;
            return true;
        }
    }
}
