using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Faults;

/// <summary>Somebody who may work with billing, at an API that may die.</summary>
internal sealed class BillingOperator
{
    private readonly HttpClient _http;

    private BillingOperator(HttpClient http) => _http = http;

    /// <summary>Registers one.</summary>
    /// <param name="scene">Where.</param>
    public static async Task<BillingOperator> CreateAsync(FaultScene scene)
    {
        var account = await scene.SignedInAs("operator");
        await scene.ExecuteAsync("update accounts set billing_operator = true where id = $1", long.Parse(account.Id, CultureInfo.InvariantCulture));
        return new BillingOperator((await scene.SignInAsync(account.Username, account.Password, "read billing:read billing:write")).Http);
    }

    /// <summary>Sends a file; null when nobody knows what became of it.</summary>
    /// <param name="file">The file.</param>
    public async Task<BoletoImportResponse?> TrySendAsync(byte[] file)
    {
        try
        {
            return await SendAsync(file);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>Sends a file.</summary>
    /// <param name="file">The file.</param>
    public async Task<BoletoImportResponse> SendAsync(byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var response = await _http.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), content);
        return await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted);
    }

    /// <summary>Reads an import.</summary>
    /// <param name="id">Its id.</param>
    public async Task<BoletoImportResponse> ImportAsync(string id)
    {
        using var response = await _http.GetAsync(new Uri($"/api/v1/billing/imports/{id}", UriKind.Relative));
        return await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.OK);
    }

    /// <summary>The lines that the file of corrections names, in its order.</summary>
    /// <param name="id">The import.</param>
    public async Task<List<long>> CorrectedLinesAsync(string id)
    {
        var text = await _http.GetStringAsync(new Uri($"/api/v1/billing/imports/{id}/corrections.csv", UriKind.Relative));
        return text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => long.Parse(row.Split(',')[6], CultureInfo.InvariantCulture)).ToList();
    }
}
