using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Reports and the moderators' queue.</summary>
internal sealed class ReportsClient(ApiConnection api)
{
    /// <summary>Files a report.</summary>
    public Task<ApiResult<ReportResponse>> FileAsync(FileReportRequest report, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiConnection.Request(HttpMethod.Post, "/api/v1/reports", report);
        if (!string.IsNullOrEmpty(idempotencyKey))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return api.SendAsync<ReportResponse>(request, cancellationToken);
    }

    /// <summary>The queue.</summary>
    /// <param name="state"><c>open</c> or <c>resolved</c>.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiResult<Page<ReportResponse>>> ListAsync(string state, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<ReportResponse>>(page.AppendTo("/api/v1/admin/reports?state=" + state), cancellationToken);

    /// <summary>Ends a report with an action.</summary>
    public Task<ApiResult<ReportResponse>> ResolveAsync(string reportId, ResolveReportRequest resolution, CancellationToken cancellationToken) =>
        api.SendAsync<ReportResponse>(HttpMethod.Post, $"/api/v1/admin/reports/{Uri.EscapeDataString(reportId)}/resolve", resolution, cancellationToken);
}
