namespace Pamps.ApiService.Data;

/// <summary>
/// Bank and beneficiary as they were configured when boletos were issued. A boleto drawn again after the configuration
/// changed shows what it showed at first.
/// </summary>
internal sealed class BoletoIssuer
{
    public int Id { get; set; }

    /// <summary>SHA-256 of <see cref="Document"/>.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The configuration as JSON.</summary>
    public required string Document { get; set; }
}
