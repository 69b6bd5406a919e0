using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pamps.Web.ApiClient;
using Pamps.Web.Auth;

namespace Pamps.Web.Actions;

/// <summary>
/// Hands a file of debts on to the API while it arrives: neither memory nor disk of the site ever holds it. Binding a form
/// would read all of it first, so the parts are read here, and the antiforgery token is checked before the first byte of
/// the file: scripts send it as a header, the form as its first part.
/// </summary>
internal static class ImportFile
{
    /// <summary>Above the API's own limit, which gives the better message. Bytes.</summary>
    public const long Largest = 512L * 1024 * 1024;

    /// <summary>What the form is told when no file came with it.</summary>
    public const string NoFile = "empty";

    private const string TokenField = "__RequestVerificationToken";
    private const string TokenHeader = "RequestVerificationToken";
    private const int LongestToken = 4096;

    /// <summary>Sends the file on and leads to the page that shows its progress, or back to the form with what was wrong.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery, BillingClient billing, RefusedFiles refused, ActionAnswer answer)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return TypedResults.BadRequest();
        }

        var parts = new MultipartReader(boundary, context.Request.Body);
        while (await parts.ReadNextSectionAsync(context.RequestAborted) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
            {
                continue;
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
            if (name == TokenField && context.Request.Headers[TokenHeader].Count == 0)
            {
                context.Request.Headers[TokenHeader] = await ShortTextAsync(part.Body, context.RequestAborted);
            }
            else if (name == "file")
            {
                // Without a header the check would look for the token in the form, that is, read the whole file.
                if (context.Request.Headers[TokenHeader].Count == 0 || !await antiforgery.IsRequestValidAsync(context))
                {
                    return TypedResults.BadRequest();
                }

                return await SendAsync(part.Body, FileNameOf(disposition), billing, refused, answer, context);
            }
        }

        return Refused(NoFile, "", refused, answer, context);
    }

    private static async Task<IResult> SendAsync(Stream file, string fileName, BillingClient billing, RefusedFiles refused, ActionAnswer answer, HttpContext context)
    {
        if (fileName.Length == 0)
        {
            return Refused(NoFile, "", refused, answer, context);
        }

        var import = await billing.ImportAsync(file, fileName, context.RequestAborted);
        return import switch
        {
            { Succeeded: true } => answer.Done($"/billing/imports/{import.Value.Id}", null, import.Value.Id),
            { Problem: { Status: 400 or 413 or 422 } problem } => Refused(problem.Message ?? problem.Code, problem.Message ?? "", refused, answer, context),
            _ => await answer.FailedAsync(import.Problem!),
        };
    }

    private static IResult Refused(string problem, string message, RefusedFiles refused, ActionAnswer answer, HttpContext context) =>
        context.Request.IsScripted()
            ? TypedResults.Text(message, statusCode: StatusCodes.Status422UnprocessableEntity)
            : answer.Done(refused.AddressOf(problem), null);

    private static string FileNameOf(ContentDispositionHeaderValue disposition) =>
        Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "");

    private static async Task<string> ShortTextAsync(Stream part, CancellationToken cancellationToken)
    {
        var buffer = new char[LongestToken];
        using var reader = new StreamReader(part, leaveOpen: true);
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellationToken));
    }
}
