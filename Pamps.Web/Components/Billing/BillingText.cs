using System.Globalization;

namespace Pamps.Web.Components.Billing;

/// <summary>Money and ids as people in Brazil read them.</summary>
internal static class BillingText
{
    private const char Hidden = '•';

    private static readonly CultureInfo Brazil = new("pt-BR");

    /// <summary>Reais: always written the Brazilian way, they are what is printed on the boleto.</summary>
    public static string Reais(decimal amount) => amount.ToString("C", Brazil);

    /// <summary>A day without a doubt which number is the month, and never broken in two.</summary>
    public static string Day(DateOnly day) =>
        CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "pt" ? day.ToString("d", Brazil) : day.ToString("MMM\u00A0d,\u00A0yyyy", CultureInfo.CurrentCulture);

    /// <summary>A government id as it is written: a CPF as 529.982.247-25, a CNPJ as 11.222.333/0001-81, another as it is.</summary>
    public static string GovernmentId(string id) => IsBare(id) ? Formed(id) : id;

    /// <summary>The same with its middle hidden: enough to recognise, not enough to misuse.</summary>
    public static string Masked(string id)
    {
        var masked = id.Length < 6 ? new string(Hidden, 3) : $"{id[..3]}{new string(Hidden, id.Length - 5)}{id[^2..]}";
        return IsBare(id) ? Formed(masked) : masked;
    }

    private static bool IsBare(string id) => id.All(char.IsAsciiLetterOrDigit);

    private static string Formed(string id) => id switch
    {
        { Length: 11 } => $"{id[..3]}.{id[3..6]}.{id[6..9]}-{id[9..]}",
        { Length: 14 } => $"{id[..2]}.{id[2..5]}.{id[5..8]}/{id[8..12]}-{id[12..]}",
        _ => id,
    };
}
