using System.Globalization;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The number of a boleto in its two forms. As barcode, 44 digits (n = position, from 1):
/// <code>
/// 1–3 bank   4 currency (9)   5 general check digit   6–9 due date factor   10–19 amount in cents   20–44 the bank's own field
/// </code>
/// As typed line (<i>linha digitável</i>), 47 digits, printed <c>AAABC.CCCCX DDDDD.DDDDDY EEEEE.EEEEEZ K UUUUVVVVVVVVVV</c>:
/// barcode 1–4 and 20–24 with digit X, 25–34 with Y, 35–44 with Z, then 5, then 6–19.
/// Not every 44 or 47 digits are a boleto: those of taxes and utilities (<i>arrecadação</i>: 48 digits, or a barcode that
/// starts with 8) have another layout and are refused.
/// Source: FEBRABAN, ficha de compensação.
/// </summary>
internal readonly record struct BoletoNumber
{
    public const int BarcodeLength = 44;
    public const int LineLength = 47;
    public const int FreeFieldLength = 25;

    /// <summary>The greatest amount; one cent more would push the due date out of the barcode.</summary>
    public const decimal MaxAmount = 99_999_999.99m;

    private BoletoNumber(string barcode) => Barcode = barcode;

    /// <summary>The 44 digits of the bars.</summary>
    public string Barcode { get; }

    /// <summary>The three digits of the bank.</summary>
    public string BankCode => Barcode[..3];

    /// <summary>The 25 digits whose meaning the bank defines.</summary>
    public string FreeField => Barcode[19..];

    /// <summary>The due date factor, or null when the boleto has no due date.</summary>
    public int? Factor => Barcode[5] == '0' ? null : int.Parse(Barcode.AsSpan(5, 4), CultureInfo.InvariantCulture);

    /// <summary>The amount in Reais; 0 means that it was left open. Without a due date the amount has 14 digits.</summary>
    public decimal Amount => long.Parse(Factor is null ? Barcode.AsSpan(5, 14) : Barcode.AsSpan(9, 10), CultureInfo.InvariantCulture) / 100m;

    /// <summary>The typed line without dots and blanks.</summary>
    public string Line => string.Create(LineLength, Barcode, static (line, barcode) =>
    {
        barcode.AsSpan(0, 4).CopyTo(line);
        barcode.AsSpan(19, 5).CopyTo(line[4..]);
        line[9] = (char)('0' + CheckDigits.Mod10(line[..9]));
        barcode.AsSpan(24, 10).CopyTo(line[10..]);
        line[20] = (char)('0' + CheckDigits.Mod10(line[10..20]));
        barcode.AsSpan(34, 10).CopyTo(line[21..]);
        line[31] = (char)('0' + CheckDigits.Mod10(line[21..31]));
        line[32] = barcode[4];
        barcode.AsSpan(5, 14).CopyTo(line[33..]);
    });

    /// <summary>The typed line as it is printed, with dots and blanks.</summary>
    public string PrintedLine
    {
        get
        {
            var line = Line;
            return $"{line[..5]}.{line[5..10]} {line[10..15]}.{line[15..21]} {line[21..26]}.{line[26..32]} {line[32]} {line[33..]}";
        }
    }

    /// <summary>The due date that the number means to a reader on <paramref name="today"/>; null when it has none, or none that is still payable.</summary>
    public DateOnly? DueOn(DateOnly today) => Factor is { } factor ? DueDateFactor.Decode(factor, today) : null;

    /// <summary>Builds the number from its parts.</summary>
    /// <param name="bankCode">Three digits.</param>
    /// <param name="dueOn">From 2000-07-03.</param>
    /// <param name="amount">From 0 to <see cref="MaxAmount"/>, at most two decimals.</param>
    /// <param name="freeField">25 digits, as the bank defines them.</param>
    /// <exception cref="ArgumentException">A part does not fit; nothing is cut or rounded.</exception>
    public static BoletoNumber Create(string bankCode, DateOnly dueOn, decimal amount, string freeField)
    {
        if (bankCode.Length != 3 || !AreDigits(bankCode) || bankCode[0] == '8')
        {
            throw new ArgumentException("A bank code has three digits and does not start with 8.", nameof(bankCode));
        }

        if (freeField.Length != FreeFieldLength || !AreDigits(freeField))
        {
            throw new ArgumentException($"The bank's own field has {FreeFieldLength} digits.", nameof(freeField));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, MaxAmount);
        var cents = amount * 100;
        if (cents != decimal.Truncate(cents))
        {
            throw new ArgumentException("An amount has at most two decimals.", nameof(amount));
        }

        var parts = (bankCode, Factor: DueDateFactor.Encode(dueOn), Cents: (long)cents, freeField);
        return new BoletoNumber(string.Create(BarcodeLength, parts, static (barcode, parts) =>
        {
            parts.bankCode.CopyTo(barcode);
            barcode[3] = '9';
            parts.Factor.TryFormat(barcode[5..], out _, "D4", CultureInfo.InvariantCulture);
            parts.Cents.TryFormat(barcode[9..], out _, "D10", CultureInfo.InvariantCulture);
            parts.freeField.CopyTo(barcode[19..]);
            barcode[4] = (char)('0' + CheckDigits.Mod11(barcode[..4], barcode[5..]));
        }));
    }

    /// <summary>
    /// Reads a barcode or a typed line, with or without dots, blanks and hyphens, and checks every digit.
    /// </summary>
    /// <param name="text">What was scanned or typed.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <param name="problem">What is wrong, for the person who typed it, when the answer is false.</param>
    public static bool TryParse(string text, out BoletoNumber number, out string? problem)
    {
        number = default;
        Span<char> digits = stackalloc char[48];
        var count = 0;
        foreach (var c in text)
        {
            if (c is '.' or ' ' or '-')
            {
                continue;
            }

            if (!char.IsAsciiDigit(c))
            {
                problem = "A boleto number has digits only.";
                return false;
            }

            if (count < digits.Length)
            {
                digits[count] = c;
            }

            count++;
        }

        switch (count)
        {
            case BarcodeLength:
                return TryParseBarcode(digits[..BarcodeLength], out number, out problem);
            case LineLength:
                return TryParseLine(digits[..LineLength], out number, out problem);
            case 48:
                problem = "48 digits are the layout of taxes and utilities (arrecadação), which is not supported.";
                return false;
            default:
                problem = $"A boleto has 44 digits in the barcode and 47 in the typed line, not {count}.";
                return false;
        }
    }

    private static bool TryParseLine(ReadOnlySpan<char> line, out BoletoNumber number, out string? problem)
    {
        number = default;
        ReadOnlySpan<(int Start, int Length)> fields = [(0, 9), (10, 10), (21, 10)];
        for (var i = 0; i < fields.Length; i++)
        {
            var (start, length) = fields[i];
            if (line[start + length] - '0' != CheckDigits.Mod10(line.Slice(start, length)))
            {
                problem = $"The check digit of field {i + 1} is wrong.";
                return false;
            }
        }

        Span<char> barcode = stackalloc char[BarcodeLength];
        line[..4].CopyTo(barcode);
        barcode[4] = line[32];
        line[33..].CopyTo(barcode[5..]);
        line[4..9].CopyTo(barcode[19..]);
        line[10..20].CopyTo(barcode[24..]);
        line[21..31].CopyTo(barcode[34..]);
        return TryParseBarcode(barcode, out number, out problem);
    }

    private static bool TryParseBarcode(ReadOnlySpan<char> barcode, out BoletoNumber number, out string? problem)
    {
        number = default;
        if (barcode[0] == '8')
        {
            problem = "A barcode that starts with 8 is one of taxes and utilities (arrecadação), which is not supported.";
            return false;
        }

        if (barcode[4] - '0' != CheckDigits.Mod11(barcode[..4], barcode[5..]))
        {
            problem = "The general check digit is wrong.";
            return false;
        }

        if (barcode[3] != '9')
        {
            problem = "The currency is not the Real.";
            return false;
        }

        number = new BoletoNumber(barcode.ToString());
        problem = null;
        return true;
    }

    private static bool AreDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
