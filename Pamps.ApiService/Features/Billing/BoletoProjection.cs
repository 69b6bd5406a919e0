using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Rows as they go over the wire.</summary>
internal static class BoletoProjection
{
    public static BoletoImportResponse Of(BoletoImport import, long? failed = null) => new()
    {
        Id = WireId.Format(import.Id),
        FileName = import.FileName,
        Sha256 = Convert.ToHexStringLower(import.Hash),
        State = import.State,
        Bytes = import.ByteCount,
        BytesRead = import.State == BoletoImportStates.Done ? import.ByteCount : import.Position,
        Rows = import.Rows,
        Accepted = import.Accepted,
        Duplicates = import.Duplicates,
        Rejected = import.Rejected,
        Issued = import.Issued,
        Sent = import.Sent,
        Failed = failed,
        Paid = import.Paid,
        CreatedAt = import.CreatedAt,
        CompletedAt = import.CompletedAt,
    };

    public static BoletoResponse Of(Boleto boleto, Issuer? issuer) => new()
    {
        Id = WireId.Format(boleto.Id),
        DebtId = boleto.DebtId,
        ImportId = WireId.Format(boleto.ImportId),
        Line = boleto.Line,
        Name = boleto.Name,
        GovernmentId = boleto.GovernmentId,
        GovernmentIdDoubtful = boleto.GovernmentIdDoubtful,
        Email = boleto.Email,
        Amount = boleto.Amount,
        DueOn = boleto.DueOn,
        PastDue = boleto.PastDue,
        State = boleto.State,
        Error = boleto.Error,
        ErrorCode = boleto.ErrorCode,
        Attempts = boleto.Attempts,
        NextAttemptAt = boleto.AvailableAt,
        OurNumber = boleto.Sequence is { } sequence ? issuer?.Bank.PrintedNumber(sequence) : null,
        Barcode = boleto.Barcode,
        TypedLine = boleto.Barcode is not null && BoletoNumber.TryParse(boleto.Barcode, out var number, out _) ? number.PrintedLine : null,
        Pix = issuer?.Pix(boleto),
        IssuedAt = boleto.IssuedAt,
        SentAt = boleto.SentAt,
        PaymentState = PaymentState(boleto.Amount, boleto.PaidAmount),
        PaidAmount = boleto.PaidAmount,
        Rest = Math.Max(0, boleto.Amount - boleto.PaidAmount),
        PaidAt = boleto.PaidAt,
        NeedsReview = boleto.NeedsReview,
    };

    public static string PaymentState(decimal amount, decimal paid) =>
        paid == 0 ? "open" : paid < amount ? "partial" : paid == amount ? "paid" : "overpaid";
}
