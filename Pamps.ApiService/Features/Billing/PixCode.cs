using System.Globalization;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// A Pix code (BR Code): the text of the QR code and of "copy and paste". A string of elements, each a 2-digit id, a
/// 2-digit length in characters and the value; templates nest the same way:
/// <code>00 02 01 · 26 58 (00 14 br.gov.bcb.pix · 01 36 key) · 52 04 0000 · 53 03 986 · 54 amount · 58 02 BR · 59 name · 60 city · 62 (05 txid) · 63 04 CRC</code>
/// A static code carries the receiver's key (26-01), a dynamic one the address of the charge (26-25).
/// Sources: Banco Central do Brasil, Manual do BR Code and Manual de Padrões para Iniciação do Pix; EMV QRCPS-MPM.
/// </summary>
internal sealed record PixCode
{
    public const int MaxLength = 512;
    public const int MaxNameLength = 25;
    public const int MaxCityLength = 15;
    public const int MaxKeyLength = 77;
    public const int MaxTransactionIdLength = 25;

    /// <summary>The largest amount the field holds: ten digits before the point.</summary>
    public const decimal MaxAmount = 9_999_999_999.99m;

    private const string Domain = "br.gov.bcb.pix";

    /// <summary>Stands for "no transaction id".</summary>
    private const string NoTransactionId = "***";

    /// <summary>The receiver's key in a static code.</summary>
    public string? Key { get; init; }

    /// <summary>The address of the charge in a dynamic code, without <c>https://</c>.</summary>
    public string? Url { get; init; }

    /// <summary>Text shown to the payer; static codes only.</summary>
    public string? Description { get; init; }

    /// <summary>In Reais; null lets the payer decide.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The receiver's name, at most 25 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The receiver's city, at most 15 characters.</summary>
    public required string City { get; init; }

    /// <summary>1 to 25 letters and digits by which the receiver recognises the payment.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Whether the code may be paid once only.</summary>
    public bool Once { get; init; }

    /// <summary>The code as text, with its checksum.</summary>
    /// <exception cref="InvalidOperationException">A part does not fit its field; nothing is cut.</exception>
    public string Build()
    {
        if ((Key is null) == (Url is null))
        {
            throw new InvalidOperationException("A Pix code has either a key or an address.");
        }

        var account = new StringBuilder();
        Append(account, "00", Domain, Domain.Length);
        if (Key is not null)
        {
            Append(account, "01", Key, MaxKeyLength);
            if (Description is { Length: > 0 })
            {
                Append(account, "02", Description, 99);
            }
        }
        else
        {
            Append(account, "25", Url!, MaxKeyLength);
        }

        var code = new StringBuilder(200);
        Append(code, "00", "01", 2);
        if (Once)
        {
            Append(code, "01", "12", 2);
        }

        Append(code, "26", account.ToString(), 99);
        Append(code, "52", "0000", 4);
        Append(code, "53", "986", 3);
        if (Amount is { } amount)
        {
            if (amount <= 0 || amount > MaxAmount || decimal.Round(amount, 2) != amount)
            {
                throw new InvalidOperationException("The amount of a Pix code has at most ten digits before the point and two after it.");
            }

            Append(code, "54", amount.ToString("F2", CultureInfo.InvariantCulture), 13);
        }

        Append(code, "58", "BR", 2);
        Append(code, "59", Name, MaxNameLength);
        Append(code, "60", City, MaxCityLength);
        if (TransactionId is not null && !IsTransactionId(TransactionId))
        {
            throw new InvalidOperationException("A transaction id has 1 to 25 letters and digits.");
        }

        var transactionId = TransactionId ?? NoTransactionId;
        Append(code, "62", $"05{transactionId.Length:D2}{transactionId}", 99);
        code.Append("6304");
        code.Append(Checksum(code.ToString()).ToString("X4", CultureInfo.InvariantCulture));
        return code.Length <= MaxLength
            ? code.ToString()
            : throw new InvalidOperationException($"A Pix code has at most {MaxLength} characters.");
    }

    /// <summary>Reads a code strictly: every length must match, every required element be there, the checksum be right and last.</summary>
    public static bool TryParse(string text, out PixCode? code, out string? problem)
    {
        code = null;
        if (text.Length is < 8 or > MaxLength)
        {
            problem = $"A Pix code has at most {MaxLength} characters and ends with its checksum.";
            return false;
        }

        if (!TryReadElements(text, out var elements, out problem))
        {
            return false;
        }

        if (elements[0] is not ("00", "01"))
        {
            problem = "A Pix code starts with 000201.";
            return false;
        }

        if (elements[^1] is not ("63", { Length: 4 } checksum))
        {
            problem = "A Pix code ends with its checksum.";
            return false;
        }

        if (checksum != Checksum(text[..^4]).ToString("X4", CultureInfo.InvariantCulture))
        {
            problem = "The checksum is wrong.";
            return false;
        }

        return TryInterpret(elements.ToDictionary(), out code, out problem);
    }

    /// <summary>The text in capitals without accents, other characters as blanks, cut to the length: what every reader of names accepts.</summary>
    public static string Fold(string text, int length)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '&' or '/')
            {
                folded.Append(char.ToUpperInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString()[..Math.Min(length, folded.Length)].Trim();
    }

    /// <summary>CRC-16/CCITT-FALSE of the UTF-8 bytes: polynomial 0x1021, start 0xFFFF, nothing reflected, no final xor.</summary>
    public static ushort Checksum(string text)
    {
        var crc = 0xFFFF;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            crc ^= b << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (ushort)crc;
    }

    private static bool TryInterpret(Dictionary<string, string> elements, out PixCode? code, out string? problem)
    {
        code = null;
        if (elements.TryGetValue("01", out var use) && use is not ("11" or "12"))
        {
            problem = "Element 01 is 11 or 12.";
            return false;
        }

        if (elements.GetValueOrDefault("52") is not { Length: 4 } category || !AreDigits(category)
            || elements.GetValueOrDefault("53") != "986" || elements.GetValueOrDefault("58") != "BR")
        {
            problem = "Elements 52 (category), 53 (986) and 58 (BR) are required.";
            return false;
        }

        if (elements.GetValueOrDefault("59") is not { Length: >= 1 and <= MaxNameLength } name
            || elements.GetValueOrDefault("60") is not { Length: >= 1 and <= MaxCityLength } city)
        {
            problem = "Elements 59 (name, up to 25) and 60 (city, up to 15) are required.";
            return false;
        }

        decimal? amount = null;
        if (elements.TryGetValue("54", out var amountText))
        {
            if (!TryReadAmount(amountText, out var value))
            {
                problem = "The amount is not one to ten digits, a point and two digits.";
                return false;
            }

            amount = value;
        }

        if (!TryReadTemplate(elements, "62", out var additional, out problem)
            || !TryReadTemplate(elements, "26", out var account, out problem))
        {
            return false;
        }

        if (additional.GetValueOrDefault("05") is not { } transactionId
            || (transactionId != NoTransactionId && !IsTransactionId(transactionId)))
        {
            problem = "The transaction id is *** or 1 to 25 letters and digits.";
            return false;
        }

        if (!string.Equals(account.GetValueOrDefault("00"), Domain, StringComparison.OrdinalIgnoreCase)
            || account.ContainsKey("01") == account.ContainsKey("25"))
        {
            problem = "Element 26 names br.gov.bcb.pix and either a key or an address.";
            return false;
        }

        code = new PixCode
        {
            Key = account.GetValueOrDefault("01"),
            Url = account.GetValueOrDefault("25"),
            Description = account.GetValueOrDefault("02"),
            Amount = amount,
            Name = name,
            City = city,
            TransactionId = transactionId == NoTransactionId ? null : transactionId,
            Once = use == "12",
        };
        return true;
    }

    private static bool TryReadTemplate(Dictionary<string, string> elements, string id, out Dictionary<string, string> template, out string? problem)
    {
        template = [];
        if (!elements.TryGetValue(id, out var value))
        {
            problem = $"Element {id} is required.";
            return false;
        }

        if (!TryReadElements(value, out var nested, out problem))
        {
            return false;
        }

        template = nested.ToDictionary();
        return true;
    }

    private static bool TryReadElements(string text, out List<(string Id, string Value)> elements, out string? problem)
    {
        elements = [];
        for (var i = 0; i < text.Length;)
        {
            if (text.Length - i < 4 || !AreDigits(text.AsSpan(i, 4)))
            {
                problem = $"At position {i + 1} an id and a length of two digits each are missing.";
                return false;
            }

            var id = text.Substring(i, 2);
            var length = int.Parse(text.AsSpan(i + 2, 2), CultureInfo.InvariantCulture);
            if (length == 0 || length > text.Length - i - 4)
            {
                problem = $"The length of element {id} at position {i + 1} does not match.";
                return false;
            }

            if (elements.Exists(element => element.Id == id))
            {
                problem = $"Element {id} occurs twice.";
                return false;
            }

            elements.Add((id, text.Substring(i + 4, length)));
            i += 4 + length;
        }

        problem = elements.Count == 0 ? "The code is empty." : null;
        return elements.Count > 0;
    }

    private static bool TryReadAmount(string text, out decimal amount)
    {
        amount = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point is >= 1 and <= 10 && text.Length == point + 3
            && AreDigits(text.AsSpan(0, point)) && AreDigits(text.AsSpan(point + 1))
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    private static void Append(StringBuilder code, string id, string value, int maxLength)
    {
        if (value.Length == 0 || value.Length > maxLength || value.AsSpan().ContainsAnyInRange('\0', '\x1F'))
        {
            throw new InvalidOperationException($"Element {id} of a Pix code has 1 to {maxLength} printable characters.");
        }

        code.Append(id).Append(value.Length.ToString("D2", CultureInfo.InvariantCulture)).Append(value);
    }

    private static bool IsTransactionId(string text) =>
        text.Length is >= 1 and <= MaxTransactionIdLength && text.All(char.IsAsciiLetterOrDigit);

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
