using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;
using Pamps.Web.Auth;

namespace Pamps.Web.Actions;

/// <summary>Uploads and downloads of billing: what passes through the site without being a page.</summary>
internal static class BillingActions
{
    // Above the API's own limit, which gives the better message.
    private const long LargestUpload = 512L * 1024 * 1024;

    /// <summary>Maps them, for those who work with debts.</summary>
    public static void MapBilling(this IEndpointRouteBuilder routes)
    {
        var billing = routes.MapGroup("/billing").RequireAuthorization(SessionRegistration.BillingOperators);
        billing.MapPost("/imports", ImportAsync)
            .WithFormOptions(multipartBodyLengthLimit: LargestUpload)
            .WithMetadata(new RequestSizeLimitAttribute(LargestUpload));
        billing.MapPost("/boletos/{boletoId:long}/resend", ResendAsync);
        billing.MapGet("/boletos/{boletoId:long}/pdf", PdfAsync);
        billing.MapGet("/imports/{importId:long}/corrections.csv", CorrectionsAsync);
    }

    /// <summary>Sends a file on to the API and leads to the page that shows its progress, or back to the form with what was wrong.</summary>
    public static async Task<IResult> ImportAsync(IFormFile? file, BillingClient billing, ActionAnswer answer, CancellationToken cancellationToken)
    {
        if (file is null || file.Length == 0)
        {
            return answer.Done("/billing/import?problem=empty", null);
        }

        await using var content = file.OpenReadStream();
        var import = await billing.ImportAsync(content, Path.GetFileName(file.FileName), cancellationToken);
        if (import.Succeeded)
        {
            return answer.Done($"/billing/imports/{import.Value.Id}", null, import.Value.Id);
        }

        return import.Problem.Status is 400 or 413
            ? answer.Done("/billing/import?problem=" + Uri.EscapeDataString(import.Problem.Message ?? import.Problem.Code), null)
            : await answer.FailedAsync(import.Problem);
    }

    /// <summary>Mails a boleto again.</summary>
    public static async Task<IResult> ResendAsync(
        long boletoId, [FromForm] string? returnUrl, BillingClient billing, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var sent = await billing.ResendAsync(boletoId.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        return sent.Succeeded ? answer.Done(returnUrl, null) : await answer.FailedAsync(sent.Problem);
    }

    /// <summary>The boleto as PDF.</summary>
    public static Task<IResult> PdfAsync(long boletoId, HttpContext context, BillingClient billing, ActionAnswer answer) =>
        DownloadAsync($"boletos/{boletoId}/pdf", "application/pdf", $"boleto-{boletoId}.pdf", context, billing, answer);

    /// <summary>The refused rows, to be corrected and sent again.</summary>
    public static Task<IResult> CorrectionsAsync(long importId, HttpContext context, BillingClient billing, ActionAnswer answer) =>
        DownloadAsync($"imports/{importId}/corrections.csv", "text/csv; charset=utf-8", $"corrections-{importId}.csv", context, billing, answer);

    private static async Task<IResult> DownloadAsync(
        string path, string contentType, string fileName, HttpContext context, BillingClient billing, ActionAnswer answer)
    {
        var file = await billing.DownloadAsync(path, context.RequestAborted);
        if (file is null)
        {
            return await answer.FailedAsync(ApiProblem.Unreachable());
        }

        context.Response.RegisterForDispose(file);
        return file.IsSuccessStatusCode
            ? TypedResults.Stream(await file.Content.ReadAsStreamAsync(context.RequestAborted), contentType, fileName)
            : await answer.FailedAsync(new((int)file.StatusCode, ProblemCodes.NotFound, null));
    }
}
