using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;
using Pamps.Web.Auth;

namespace Pamps.Web.Actions;

/// <summary>Uploads and downloads of billing: what passes through the site without being a page.</summary>
internal static class BillingActions
{
    /// <summary>Maps them, for those who work with debts.</summary>
    public static void MapBilling(this IEndpointRouteBuilder routes)
    {
        var billing = routes.MapGroup("/billing").RequireAuthorization(SessionRegistration.BillingOperators);
        // What it accepts tells it from the page of the same address.
        billing.MapPost("/imports", ImportFile.HandleAsync)
            .Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(ImportFile.Largest));
        billing.MapPost("/boletos/{boletoId:long}/resend", ResendAsync);
        billing.MapGet("/boletos/{boletoId:long}/pdf", PdfAsync);
        billing.MapGet("/boletos/{boletoId:long}/html", HtmlAsync);
        billing.MapGet("/imports/{importId:long}/corrections.csv", CorrectionsAsync);
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

    /// <summary>The boleto as a sheet to print, shown and not saved; it has neither script nor style of its own.</summary>
    public static Task<IResult> HtmlAsync(long boletoId, HttpContext context, BillingClient billing, ActionAnswer answer) =>
        DownloadAsync($"boletos/{boletoId}/html", "text/html; charset=utf-8", null, context, billing, answer);

    /// <summary>The refused rows, to be corrected and sent again.</summary>
    public static Task<IResult> CorrectionsAsync(long importId, HttpContext context, BillingClient billing, ActionAnswer answer) =>
        DownloadAsync($"imports/{importId}/corrections.csv", "text/csv; charset=utf-8", $"corrections-{importId}.csv", context, billing, answer);

    private static async Task<IResult> DownloadAsync(
        string path, string contentType, string? fileName, HttpContext context, BillingClient billing, ActionAnswer answer)
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
