using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class ReceivePayment
{
    private const int MaxBody = 64 * 1024;

    /// <summary>Takes the bank's notice of a payment, signed with an HMAC or sent with the scope billing:write; the same notice twice counts once.</summary>
    /// <param name="context">The request; the signature is over its raw body.</param>
    /// <param name="user">The caller, if the notice is not signed.</param>
    /// <param name="payments">Records it.</param>
    /// <param name="options">The secret.</param>
    /// <param name="json">How bodies are read.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<RecordPaymentResponse>, ProblemHttpResult>> HandleAsync(
        HttpContext context, CurrentUser user, RecordPayment payments, IOptions<BillingOptions> options, IOptions<JsonOptions> json, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var block = new byte[8 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(block, cancellationToken)) > 0)
        {
            body.Write(block, 0, read);
            if (body.Length > MaxBody)
            {
                return Problems.Of(StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge);
            }
        }

        if (context.Request.Headers[PaymentSignature.Header].ToString() is { Length: > 0 } signature)
        {
            if (!PaymentSignature.IsValid(options.Value.WebhookSecret, body.ToArray(), signature))
            {
                return Problems.Of(StatusCodes.Status401Unauthorized, ProblemCodes.TokenInvalid, "The signature is not that of the body.");
            }
        }
        else if (!user.IsSignedIn)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, ProblemCodes.TokenMissing, $"Sign the body in the header {PaymentSignature.Header}, or send an API key.");
        }
        else if (!user.IsBillingOperator || !user.HasScope(Scopes.BillingWrite))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, ProblemCodes.ScopeMissing, $"The credentials need the scope {Scopes.BillingWrite}.");
        }

        RecordPaymentRequest? notice;
        try
        {
            notice = JsonSerializer.Deserialize<RecordPaymentRequest>(body.ToArray(), json.Value.SerializerOptions);
        }
        catch (JsonException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest, "The body is not a payment notice in JSON.");
        }

        if (notice is null)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest, "The body is not a payment notice in JSON.");
        }

        return await payments.HandleAsync(notice, cancellationToken) switch
        {
            PaymentOutcome.Recorded recorded => TypedResults.Ok(recorded.Response),
            PaymentOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            _ => Problems.NotFound(),
        };
    }
}
