using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class ImportBoletos
{
    /// <summary>Takes a CSV file of debts, as the body or as the part <c>file</c> of a form, packed with gzip or not; its rows become boletos in the background. The same file again is the same import.</summary>
    /// <param name="context">The request; its body is streamed into storage.</param>
    /// <param name="files">Stores it.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    public static async Task<Results<Accepted<BoletoImportResponse>, ProblemHttpResult>> HandleAsync(
        HttpContext context, ReceiveFile files, IOptions<BillingOptions> options, CancellationToken cancellationToken)
    {
        try
        {
            var body = await UploadBody.OpenAsync(context, options.Value.Imports.MaxBytes, cancellationToken);
            if (body is null)
            {
                return Problems.Invalid("file", "The form has no part named file.");
            }

            var import = await files.HandleAsync(body, options.Value.Imports.AllOrNothing, cancellationToken);
            return TypedResults.Accepted($"/api/v1/billing/imports/{WireId.Format(import.Id)}", BoletoProjection.Of(import));
        }
        catch (BoletoCsvException exception)
        {
            var problem = Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidFile, exception.Message);
            problem.ProblemDetails.Extensions["missingColumns"] = exception.MissingColumns;
            return problem;
        }
        catch (RowsRefusedException exception)
        {
            var problem = Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidFile, exception.Message);
            problem.ProblemDetails.Extensions["rowErrors"] = exception.First.Select(error => new RowErrorResponse(error.Line, error.Field, error.Value, error.Reason.Code, error.Reason.Text)).ToList();
            problem.ProblemDetails.Extensions["errorCount"] = exception.Count;
            return problem;
        }
        catch (FileTooLargeException exception)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge, exception.Message);
        }
        catch (InvalidDataException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidFile, "The file is packed with gzip and cannot be unpacked.");
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest, "The upload ended too early.");
        }
    }
}
