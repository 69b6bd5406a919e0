using System.Globalization;

namespace Pamps.ApiService.Features.Billing;

/// <summary>How amounts and dates are written on a boleto, whatever the server's culture.</summary>
internal static class BrazilianFormat
{
    private static readonly NumberFormatInfo Numbers = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NumberGroupSizes = [3] };

    /// <summary>Brasília time; there has been no summer time since 2019.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(-3);

    /// <summary>The day in Brazil.</summary>
    public static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    /// <summary><c>1.234,56</c></summary>
    public static string Amount(decimal amount) => amount.ToString("N2", Numbers);

    /// <summary><c>R$ 1.234,56</c></summary>
    public static string Money(decimal amount) => "R$ " + Amount(amount);

    /// <summary><c>31/12/2026</c></summary>
    public static string Date(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
