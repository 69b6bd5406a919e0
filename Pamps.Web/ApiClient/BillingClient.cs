using System.Net.Http.Headers;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Imports of debts and their boletos.</summary>
internal sealed class BillingClient(ApiConnection api, [FromKeyedServices(BillingClient.Uploads)] ApiConnection uploads)
{
    /// <summary>The connection for files: it waits as long as the sender's line needs, and tries nothing twice.</summary>
    public const string Uploads = "uploads";

    // A file of a million debts has a hundred megabytes, and the answer waits until all of it has arrived.
    private static readonly TimeSpan UploadTimeLimit = TimeSpan.FromHours(1);

    /// <summary>Sends a file of debts.</summary>
    public Task<ApiResult<BoletoImportResponse>> ImportAsync(Stream file, string fileName, CancellationToken cancellationToken)
    {
        var part = new StreamContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/billing/imports")
        {
            Content = new MultipartFormDataContent { { part, "file", fileName } },
        };
        return uploads.SendAsync<BoletoImportResponse>(request, cancellationToken, UploadTimeLimit);
    }

    /// <summary>Imports, newest first.</summary>
    public Task<ApiResult<Page<BoletoImportResponse>>> ImportsAsync(PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<BoletoImportResponse>>(page.AppendTo("/api/v1/billing/imports"), cancellationToken);

    /// <summary>How far an import is.</summary>
    public Task<ApiResult<BoletoImportResponse>> ImportAsync(string importId, CancellationToken cancellationToken) =>
        api.GetAsync<BoletoImportResponse>($"/api/v1/billing/imports/{Uri.EscapeDataString(importId)}", cancellationToken);

    /// <summary>Rows that are no debts.</summary>
    public Task<ApiResult<Page<RowErrorResponse>>> RowErrorsAsync(string importId, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<RowErrorResponse>>(page.AppendTo($"/api/v1/billing/imports/{Uri.EscapeDataString(importId)}/errors"), cancellationToken);

    /// <summary>Boletos, newest first.</summary>
    /// <param name="importId">Only those of this import.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="debtId">Only the one of this debt.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiResult<Page<BoletoResponse>>> BoletosAsync(string? importId, string? state, string? debtId, PageRequest page, CancellationToken cancellationToken)
    {
        var filters = new (string Name, string? Value)[] { ("import_id", importId), ("state", state), ("debt_id", debtId) }
            .Where(filter => !string.IsNullOrWhiteSpace(filter.Value))
            .Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}");
        var query = string.Join('&', filters);
        return api.GetAsync<Page<BoletoResponse>>(page.AppendTo("/api/v1/billing/boletos" + (query.Length > 0 ? "?" + query : "")), cancellationToken);
    }

    /// <summary>One boleto.</summary>
    public Task<ApiResult<BoletoResponse>> BoletoAsync(string boletoId, CancellationToken cancellationToken) =>
        api.GetAsync<BoletoResponse>($"/api/v1/billing/boletos/{Uri.EscapeDataString(boletoId)}", cancellationToken);

    /// <summary>Mails a boleto again.</summary>
    public Task<ApiResult<Nothing>> ResendAsync(string boletoId, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(HttpMethod.Post, $"/api/v1/billing/boletos/{Uri.EscapeDataString(boletoId)}/resend", null, cancellationToken);

    /// <summary>What happened on each of the last days.</summary>
    public Task<ApiResult<IReadOnlyList<BillingDayResponse>>> StatisticsAsync(int days, CancellationToken cancellationToken) =>
        api.GetAsync<IReadOnlyList<BillingDayResponse>>($"/api/v1/billing/statistics?days={days}", cancellationToken);

    /// <summary>A document below <c>/api/v1/billing</c>, such as a PDF; the caller disposes the answer.</summary>
    public Task<HttpResponseMessage?> DownloadAsync(string path, CancellationToken cancellationToken) =>
        api.OpenAsync(new(HttpMethod.Get, "/api/v1/billing/" + path), cancellationToken);
}
