using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pamps.Tests.Features.Billing;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Adapters;

/// <summary>The older intake of debts, as its clients know it.</summary>
public sealed class DebtsApiTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    private const string Example = "name,governmentId,email,debtAmount,debtDueDate,debtId\nJohn Doe,11111111111,johndoe@kanastra.com.br,1000000.00,2022-10-12,";

    [Fact]
    public async Task A_file_is_answered_with_201_when_its_rows_are_stored()
    {
        var id = NewDebtId();
        for (var i = 0; i < 2; i++)
        {
            using var response = await SendAsync($"{Example}{id} \n{Example.Split('\n')[1]}{id}\n");
            await response.ShouldBe(HttpStatusCode.Created);
            var body = await BodyAsync(response);
            Assert.NotEqual("", body.GetProperty("message").GetString());
            Assert.Equal((1, 1), (body.GetProperty("accepted").GetInt32(), body.GetProperty("duplicates").GetInt32()));
        }

        Assert.Equal(1_000_000m, (await api.BoletoAsync(id)).Amount);
    }

    [Fact]
    public async Task A_header_alone_is_fine()
    {
        using var response = await SendAsync(Example.Split('\n')[0] + "\n");
        await response.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_key_is_checked_first()
    {
        foreach (var key in (string?[])[null, "", "wrong", "pamps_00000000_" + new string('A', 43)])
        {
            using var response = await SendAsync("nonsense", key: key, part: "nonsense", type: "nonsense/x");
            await response.ShouldBe(HttpStatusCode.Unauthorized);
            Assert.Equal("Invalid or missing api_key", (await BodyAsync(response)).GetProperty("detail").GetString());
            Assert.Empty(response.Headers.WwwAuthenticate);
        }
    }

    [Fact]
    public async Task A_missing_part_is_422_and_another_type_400()
    {
        using var missing = await SendAsync(Example, part: "other");
        await missing.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await BodyAsync(missing)).GetProperty("detail")[0];
        Assert.Equal("""["body","file"]""", error.GetProperty("loc").GetRawText());
        Assert.Equal("value_error.missing", error.GetProperty("type").GetString());

        using var json = await SendAsync(Example, type: "application/json");
        await json.ShouldBe(HttpStatusCode.BadRequest);
        Assert.Equal("Invalid file format. Make sure the file is a csv.", (await BodyAsync(json)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("", "debtId, name, governmentId, email, debtAmount, debtDueDate")]
    [InlineData("email,name,debtDueDate\n", "debtId, governmentId, debtAmount")]
    public async Task Missing_columns_are_named_in_order(string file, string missing)
    {
        using var response = await SendAsync(file);
        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.Equal($"Missing columns: {missing}", (await BodyAsync(response)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task One_bad_row_refuses_the_file()
    {
        var id = NewDebtId();
        using var response = await SendAsync($"{Example}{id}\nX,x#,x,nan,2022-02-30,y\n");
        await response.ShouldBe(HttpStatusCode.BadRequest);
        var body = await BodyAsync(response);
        Assert.StartsWith("There are errors in your input", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, body.GetProperty("errorCount").GetInt32());
        var error = body.GetProperty("errors")[0];
        Assert.Equal((3, "governmentId", "not_a_government_id"), (error.GetProperty("line").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));

        Assert.Empty((await api.GetAsync<ApiService.Contracts.Page<ApiService.Contracts.BoletoResponse>>($"boletos?debt_id={id}")).Items);
    }

    [Fact]
    public async Task The_bank_reports_payments()
    {
        var id = NewDebtId();
        using var file = await SendAsync($"{Example}{id}\n");
        await file.ShouldBe(HttpStatusCode.Created);
        var notice = $$"""{"debtId":"{{id}}","paidAt":"2022-06-09 10:00:00","paidAmount":100000.00,"paidBy":"John Doe"}""";
        for (var i = 0; i < 2; i++)
        {
            using var paid = await ReportAsync(notice);
            await paid.ShouldBe(HttpStatusCode.OK);
            Assert.Equal("Ok", (await BodyAsync(paid)).GetProperty("message").GetString());
        }

        Assert.Equal((100_000m, "partial"), ((await api.BoletoAsync(id)).PaidAmount, (await api.BoletoAsync(id)).PaymentState));
        using var unknown = await ReportAsync(notice.Replace(id, "nobody", StringComparison.Ordinal));
        await unknown.ShouldBe(HttpStatusCode.NotFound);
        using var future = await ReportAsync(notice.Replace("2022", "2999", StringComparison.Ordinal));
        await future.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("""["body","paidAt"]""", (await BodyAsync(future)).GetProperty("detail")[0].GetProperty("loc").GetRawText());
        using var keyless = await ReportAsync(notice, key: null);
        await keyless.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private Task<HttpResponseMessage> SendAsync(string file, string part = "file", string type = "text/csv") => SendAsync(file, api.ApiKey, part, type);

    private async Task<HttpResponseMessage> SendAsync(string file, string? key, string part, string type)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, part, "debts.csv");
        return await PostAsync("/process-file", form, key);
    }

    private async Task<HttpResponseMessage> ReportAsync(string notice) => await ReportAsync(notice, api.ApiKey);

    private async Task<HttpResponseMessage> ReportAsync(string notice, string? key)
    {
        using var content = new StringContent(notice, Encoding.UTF8, "application/json");
        return await PostAsync("/webhook", content, key);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("x-api-key", key);
        }

        return await api.Anonymous.SendAsync(request);
    }
}
