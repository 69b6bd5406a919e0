using System.Globalization;

namespace Pamps.Web.Components.Billing;

/// <summary>Money and ids as people in Brazil read them.</summary>
internal static class BillingText
{
    private static readonly CultureInfo Brazil = new("pt-BR");

    /// <summary>Reais: always written the Brazilian way, they are what is printed on the boleto.</summary>
    public static string Reais(decimal amount) => amount.ToString("C", Brazil);

    /// <summary>A government id with its middle hidden: enough to recognise, not enough to misuse.</summary>
    public static string Masked(string governmentId) =>
        governmentId.Length < 6 ? "•••" : $"{governmentId[..3]}{new string('•', governmentId.Length - 5)}{governmentId[^2..]}";
}
