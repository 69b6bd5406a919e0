using System.Text.Json;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Bank and beneficiary as they are stored with the boletos they issued.</summary>
internal sealed record IssuerDocument(
    string BankCode,
    string Agency,
    string Account,
    string Portfolio,
    string Agreement,
    string Name,
    string TaxId,
    string Address,
    string City,
    string[] Instructions,
    string PixKey)
{
    public static IssuerDocument Of(BillingOptions options) => new(
        options.Bank.Code,
        options.Bank.Agency,
        options.Bank.Account,
        options.Bank.Portfolio,
        options.Bank.Agreement,
        options.Beneficiary.Name,
        options.Beneficiary.TaxId,
        options.Beneficiary.Address,
        options.Beneficiary.City,
        [.. options.Beneficiary.Instructions],
        options.Beneficiary.PixKey);

    public static IssuerDocument Parse(string json) => JsonSerializer.Deserialize<IssuerDocument>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}
