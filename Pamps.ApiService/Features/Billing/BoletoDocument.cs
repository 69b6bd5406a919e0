namespace Pamps.ApiService.Features.Billing;

/// <summary>Everything that a boleto shows. The same content always gives the same bytes.</summary>
internal sealed record BoletoDocument
{
    public required IBank Bank { get; init; }

    public required Beneficiary Beneficiary { get; init; }

    public required BoletoNumber Number { get; init; }

    /// <summary>The <i>nosso número</i> as printed.</summary>
    public required string OurNumber { get; init; }

    /// <summary>The debtor's own reference: the debt's id.</summary>
    public required string DocumentNumber { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>In Reais.</summary>
    public required decimal Amount { get; init; }

    public required string PayerName { get; init; }

    /// <summary>As given: real files carry ids that are no valid CPF.</summary>
    public required string PayerTaxId { get; init; }

    /// <summary>The Pix code to copy and to scan; null when no key is configured.</summary>
    public string? Pix { get; init; }
}
