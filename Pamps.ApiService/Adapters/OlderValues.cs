using System.Globalization;
using System.Text.Json;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// What older clients may send for an integer, a boolean or a text. Raw examples of integers: <c>3</c>, <c>"3"</c>,
/// <c>" -07 "</c>, <c>99999999999999999999999999</c>; of booleans: <c>true</c>, <c>"True"</c>, <c>1</c>, <c>"off"</c>; of texts:
/// a JSON string, <c>"\ud800"</c> excepted, which is no Unicode.
/// </summary>
internal static class OlderValues
{
    private static readonly string[] TrueWords = ["true", "1", "yes", "on", "t", "y"];

    private static readonly string[] FalseWords = ["false", "0", "no", "off", "f", "n"];

    /// <summary>Digits with an optional sign; more digits than 128 bits hold saturate, since such a number names nothing that exists.</summary>
    public static bool TryInteger(string? text, out Int128 number)
    {
        text = text?.Trim() ?? "";
        if (Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        number = text.StartsWith('-') ? Int128.MinValue : Int128.MaxValue;
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>A number, or a text that reads as one.</summary>
    public static bool TryInteger(JsonElement value, out Int128 number) => TryInteger(Scalar(value), out number);

    /// <summary>The usual words in any letter case.</summary>
    public static bool TryBoolean(string? text, out bool value)
    {
        value = TrueWords.Contains(text, StringComparer.OrdinalIgnoreCase);
        return value || FalseWords.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A boolean, or a number or a text that reads as one.</summary>
    public static bool TryBoolean(JsonElement value, out bool result) => TryBoolean(
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : Scalar(value), out result);

    /// <summary>The text of a JSON string; false for an escape such as <c>\ud800</c> without its partner.</summary>
    public static bool TryText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String when TryText(value, out var text) => text,
        _ => null,
    };
}
