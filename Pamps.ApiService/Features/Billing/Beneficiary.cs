namespace Pamps.ApiService.Features.Billing;

/// <summary>Who is paid. Law 12.039/2009 asks for name, address and CPF or CNPJ on every boleto.</summary>
/// <param name="Name">As registered.</param>
/// <param name="TaxId">CPF or CNPJ, as printed.</param>
/// <param name="Address">Street, city, state and CEP on one line.</param>
/// <param name="Instructions">Up to five lines, printed under the beneficiary's responsibility.</param>
internal sealed record Beneficiary(string Name, string TaxId, string Address, IReadOnlyList<string> Instructions);
