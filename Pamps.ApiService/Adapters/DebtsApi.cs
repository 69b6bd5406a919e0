using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Billing;
using Pamps.ApiService.Http;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The intake of debts: a CSV file in a form, answered when its rows are stored, and the bank's notice of a payment. The
/// key is a personal API key of a billing operator with the scope billing:write.
/// </summary>
internal static class DebtsApi
{
    private const string BadKey = "Invalid or missing api_key";

    /// <summary>The answer comes within a minute; of a file that takes longer every row is safe and the rest follows.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(50);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static void MapDebtsApi(this IEndpointRouteBuilder routes)
    {
        var debts = routes.MapOlder("Debts");
        debts.MapPost("/process-file", ProcessFileAsync).Says("OlderProcessFile", "Takes a CSV file of debts.")
            .WithMetadata(new RateLimited(RateLimit.Imports)).Answers<ProcessFileBody>(201, 400, 401, 413, 422)
            .DisableRequestTimeout();
        debts.MapPost("/webhook", ReceivePaymentAsync).Says("OlderWebhook", "Takes the bank's notice of a payment.")
            .TakesJson<RecordPaymentRequest>().Answers<MessageBody>(200, 401, 404, 422);
    }

    private static async Task<IResult> ProcessFileAsync(
        HttpContext http, CurrentUser user, ReceiveFile files, PampsDbContext db, IOptions<BillingOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Before anything of the body is read.
        if (!user.IsBillingOperator || !user.HasScope(Scopes.BillingWrite))
        {
            return Older.Detail(StatusCodes.Status401Unauthorized, BadKey);
        }

        var limits = options.Value.Imports;
        try
        {
            var body = IsMultipart(http.Request) ? await UploadBody.OpenAsync(http, limits.MaxBytes, cancellationToken) : null;
            if (body is null)
            {
                var input = new OlderInput(http);
                input.Add("field required", "value_error.missing", "body", "file");
                return input.Refusal;
            }

            if (!string.Equals(body.ContentType, "text/csv", StringComparison.OrdinalIgnoreCase))
            {
                return Older.Detail(StatusCodes.Status400BadRequest, "Invalid file format. Make sure the file is a csv.");
            }

            var import = await files.HandleAsync(body, limits.OlderAllOrNothing, cancellationToken);
            import = await StoredAsync(import, db, clock, cancellationToken);
            return Older.Answer(StatusCodes.Status201Created, new ProcessFileBody(
                "The file was received and its debts are being processed.", WireId.Format(import.Id), import.Accepted, import.Duplicates));
        }
        catch (RowsRefusedException exception)
        {
            return Older.Answer(StatusCodes.Status400BadRequest, Refusal(exception));
        }
        catch (FileTooLargeException exception)
        {
            return Older.Detail(StatusCodes.Status413PayloadTooLarge, exception.Message);
        }
        catch (BoletoCsvException exception) when (exception.MissingColumns.Count > 0)
        {
            return Older.Detail(StatusCodes.Status400BadRequest, $"Missing columns: {string.Join(", ", exception.MissingColumns)}");
        }
        catch (Exception exception) when (exception is BoletoCsvException or InvalidDataException)
        {
            return Older.Detail(StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            return Older.Detail(StatusCodes.Status400BadRequest, "The upload ended too early.");
        }
    }

    /// <summary>A form of another kind has no parts.</summary>
    private static bool IsMultipart(HttpRequest request) =>
        request.HasFormContentType && request.ContentType!.TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <summary>Waits until the rows are stored, as the original answered only then.</summary>
    private static async Task<BoletoImport> StoredAsync(BoletoImport import, PampsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LookInterval, clock);
        while (import.State != BoletoImportStates.Done && clock.GetElapsedTime(start) < LongestWait)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            import = await db.BoletoImports.AsNoTracking().SingleAsync(row => row.Id == import.Id, cancellationToken);
        }

        return import;
    }

    private static JsonObject Refusal(RowsRefusedException exception)
    {
        var errors = new JsonArray();
        foreach (var error in exception.First)
        {
            errors.Add(new JsonObject { ["line"] = error.Line, ["field"] = error.Field, ["code"] = error.Reason.Code, ["message"] = error.Reason.Text });
        }

        return new JsonObject { ["detail"] = exception.Message, ["errors"] = errors, ["errorCount"] = exception.Count };
    }

    private static async Task<IResult> ReceivePaymentAsync(
        HttpContext http, CurrentUser user, RecordPayment payments, IOptions<BillingOptions> options, IOptions<JsonOptions> json, CancellationToken cancellationToken)
    {
        var outcome = await ReceivePayment.HandleAsync(http, user, payments, options, json, cancellationToken);
        return outcome.Result switch
        {
            Ok<RecordPaymentResponse> => Older.Answer(StatusCodes.Status200OK, new MessageBody("Ok")),
            ProblemHttpResult { StatusCode: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden } => Older.Detail(StatusCodes.Status401Unauthorized, BadKey),
            ProblemHttpResult { StatusCode: StatusCodes.Status404NotFound } => Older.Detail(StatusCodes.Status404NotFound, "Debt not found"),
            ProblemHttpResult { StatusCode: StatusCodes.Status413PayloadTooLarge } => Older.Detail(StatusCodes.Status413PayloadTooLarge, "The body is too large"),
            ProblemHttpResult { ProblemDetails: HttpValidationProblemDetails invalid } => Invalid(http, invalid),
            _ => Unreadable(http),
        };
    }

    private static JsonHttpResult<JsonObject> Invalid(HttpContext http, HttpValidationProblemDetails invalid)
    {
        var input = new OlderInput(http);
        foreach (var (field, messages) in invalid.Errors)
        {
            input.Add(messages[0], "value_error", "body", field);
        }

        return input.Refusal;
    }

    private static JsonHttpResult<JsonObject> Unreadable(HttpContext http)
    {
        var input = new OlderInput(http);
        input.Add("value is not a valid dict", "type_error.dict", "body");
        return input.Refusal;
    }

    private sealed record ProcessFileBody(
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("batchId")] string BatchId,
        [property: JsonPropertyName("accepted")] long Accepted,
        [property: JsonPropertyName("duplicates")] long Duplicates);
}
