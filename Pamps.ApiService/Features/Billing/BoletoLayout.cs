namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The sheet: A4 portrait, <i>recibo do pagador</i> above, a cut line, the <i>ficha de compensação</i> at the lower edge,
/// 106 mm high and 190 mm wide (allowed: 95–108 and 170–216). The bars stand 8 mm from the ficha's left edge with their
/// centre 20 mm above the lower edge of the paper (asked for: at least 5 and 12).
/// Sources: FEBRABAN; Banco do Brasil, specification of the boleto (01/2016); Itaú, Cobrança CNAB 400 (02/2016).
/// </summary>
internal static class BoletoLayout
{
    /// <summary>Where the paper is cut: everything below is the ficha.</summary>
    public const double CutAt = 191;

    private const double Left = 10;
    private const double Right = 200;

    /// <summary>Start of the right column: due date, agency, number, amounts.</summary>
    private const double Column = 152;

    private const double Row = 7.4;
    private const double Padding = 1;
    private const double Hairline = 0.2;
    private const double Rule = 0.5;

    private const double LabelSize = 6;
    private const double ValueSize = 8.5;
    private const double SmallSize = 7;

    // Digits of 14 pt Helvetica are 3.5 mm high, those of 20 pt are 5 mm high: the heights asked for.
    private const double LineSize = 14;
    private const double CodeSize = 20;

    private const double ReceiptTop = 22;
    private const double SlipTop = 195;

    private static readonly double[] DetailColumns = [Left, 36, 90, 106, 119, Column];
    private static readonly double[] BankColumns = [Left, 36, 62, 78, 110, Column];
    private static readonly double[] ReceiptColumns = [Left, 56, 112, Column];

    private const double SlipBody = SlipTop + 9;
    private const double Block = SlipBody + (Row * 4);
    private const double Payer = Block + (Row * 3);
    private const double SlipEnd = Payer + 11.5;
    private const double ReceiptBody = ReceiptTop + 9;
    private const double ReceiptPayer = ReceiptBody + (Row * 2);
    private const double ReceiptEnd = ReceiptPayer + Row;

    private const double PixTop = ReceiptEnd + 10;
    private const double PixSize = 46;
    private const double PixText = Left + PixSize + 6;

    /// <summary>Draws what is the same on every boleto: lines and labels.</summary>
    public static void DrawForm(IBoletoCanvas canvas)
    {
        canvas.Text(Right, ReceiptTop - 6, 11, "Recibo do Pagador", bold: true, endsAtX: true);
        DrawHeader(canvas, ReceiptTop);
        DrawRow(canvas, ReceiptBody, [Left, Column], ["Beneficiário", "Agência / Código do Beneficiário"]);
        DrawRow(canvas, ReceiptBody + Row, ReceiptColumns, ["Nosso número", "Nº do documento", "Vencimento", "(=) Valor do documento"]);
        DrawRow(canvas, ReceiptPayer, [Left], ["Pagador"]);
        canvas.Text(Right, ReceiptEnd + 3.5, LabelSize, "Autenticação mecânica", endsAtX: true);

        canvas.Text(Left, CutAt - 1, LabelSize, "Corte na linha pontilhada");
        canvas.DashedLine(0, 210, CutAt);

        DrawHeader(canvas, SlipTop);
        DrawRow(canvas, SlipBody, [Left, Column], ["Local de pagamento", "Vencimento"]);
        DrawRow(canvas, SlipBody + Row, [Left, Column], ["Beneficiário", "Agência / Código do Beneficiário"]);
        DrawRow(canvas, SlipBody + (Row * 2), DetailColumns, ["Data do documento", "Nº do documento", "Espécie doc.", "Aceite", "Data do processamento", "Nosso número"]);
        DrawRow(canvas, SlipBody + (Row * 3), BankColumns, ["Uso do banco", "Carteira", "Espécie", "Quantidade", "(x) Valor", "(=) Valor do documento"]);
        Label(canvas, Left, Block, "Instruções (texto de responsabilidade do beneficiário)");
        DrawRow(canvas, Block, [Column], ["(-) Desconto / Abatimento"]);
        DrawRow(canvas, Block + Row, [Column], ["(+) Juros / Multa"]);
        DrawRow(canvas, Block + (Row * 2), [Column], ["(=) Valor cobrado"]);
        canvas.Line(Left, Payer, Right, Payer, Hairline);
        Label(canvas, Left, Payer, "Pagador");
        canvas.Text(Left + Padding, SlipEnd - 1, LabelSize, "Sacador / Avalista");
        canvas.Line(Left, SlipEnd, Right, SlipEnd, Rule);

        // At most 2 mm high, as asked for: 6.5 pt capitals are 1.6 mm.
        canvas.Text(Right, SlipEnd + 3.2, 6.5, "Autenticação Mecânica – Ficha de Compensação", endsAtX: true);
    }

    /// <summary>Draws what differs: the values, the bars and the QR code.</summary>
    public static void DrawValues(IBoletoCanvas canvas, BoletoDocument boleto)
    {
        var account = boleto.Bank.PrintedAccount;
        var due = BrazilianFormat.Date(boleto.DueOn);
        var amount = BrazilianFormat.Amount(boleto.Amount);
        var issued = BrazilianFormat.Date(boleto.IssuedOn);

        DrawNumber(canvas, ReceiptTop, boleto);
        DrawBeneficiary(canvas, ReceiptBody, boleto.Beneficiary);
        ValueRight(canvas, ReceiptBody, account);
        Value(canvas, ReceiptColumns[0], ReceiptBody + Row, ReceiptColumns[1], boleto.OurNumber);
        Value(canvas, ReceiptColumns[1], ReceiptBody + Row, ReceiptColumns[2], boleto.DocumentNumber);
        Value(canvas, ReceiptColumns[2], ReceiptBody + Row, Column, due, bold: true);
        ValueRight(canvas, ReceiptBody + Row, "R$ " + amount, bold: true);
        Value(canvas, Left, ReceiptPayer, Right, PayerLine(boleto));

        DrawNumber(canvas, SlipTop, boleto);
        Value(canvas, Left, SlipBody, Column, boleto.Bank.PaymentPlace, size: SmallSize);
        ValueRight(canvas, SlipBody, due, bold: true);
        DrawBeneficiary(canvas, SlipBody + Row, boleto.Beneficiary);
        ValueRight(canvas, SlipBody + Row, account);
        var y = SlipBody + (Row * 2);
        Value(canvas, DetailColumns[0], y, DetailColumns[1], issued);
        Value(canvas, DetailColumns[1], y, DetailColumns[2], boleto.DocumentNumber);
        Value(canvas, DetailColumns[2], y, DetailColumns[3], "DM");
        Value(canvas, DetailColumns[3], y, DetailColumns[4], "N");
        Value(canvas, DetailColumns[4], y, DetailColumns[5], issued);
        ValueRight(canvas, y, boleto.OurNumber);
        y += Row;
        Value(canvas, BankColumns[1], y, BankColumns[2], boleto.Bank.Portfolio);
        Value(canvas, BankColumns[2], y, BankColumns[3], "R$");
        ValueRight(canvas, y, amount, bold: true);

        for (var i = 0; i < Math.Min(5, boleto.Beneficiary.Instructions.Count); i++)
        {
            Fitted(canvas, Left + Padding, Block + 6.2 + (i * 3.6), Column, boleto.Beneficiary.Instructions[i], ValueSize - 1, bold: false);
        }

        Value(canvas, Left, Payer, Right, PayerLine(boleto));

        var modules = Itf25.Modules(BoletoNumber.BarcodeLength);
        canvas.Bars(Left + 8, SlipEnd + 5, Itf25.WidthInMillimetres, Itf25.HeightInMillimetres, modules, Itf25.Bars(boleto.Number.Barcode));
        if (boleto.Pix is { } pix)
        {
            DrawPix(canvas, pix, boleto.Amount);
        }
    }

    private static void DrawPix(IBoletoCanvas canvas, string pix, decimal amount)
    {
        canvas.Matrix(Left, PixTop, PixSize, QrMatrix.Of(pix));
        canvas.Text(PixText, PixTop + 7, 11, "Pague com Pix", bold: true);
        canvas.Text(PixText, PixTop + 12.5, ValueSize, "Abra o aplicativo do seu banco, escolha Pix e aponte a câmera para o código ao lado.");
        canvas.Text(PixText, PixTop + 17, ValueSize, $"Valor: {BrazilianFormat.Money(amount)}. Pague por Pix ou pelo código de barras, apenas uma vez.");
        canvas.Text(PixText, PixTop + 24, LabelSize, "Pix copia e cola");

        // Broken anywhere: the code has no blanks, and whoever copies it joins the lines.
        var y = PixTop + 28;
        var rest = pix.AsSpan();
        while (rest.Length > 0)
        {
            var length = rest.Length;
            while (HelveticaWidths.Measure(rest[..length], SmallSize, bold: false) > ToPoints(Right - PixText))
            {
                length--;
            }

            canvas.Text(PixText, y, SmallSize, rest[..length].ToString());
            rest = rest[length..];
            y += 3.4;
        }
    }

    private static void DrawHeader(IBoletoCanvas canvas, double top)
    {
        canvas.Line(Left, top + 9, Right, top + 9, Rule);
        canvas.Line(39, top + 1.5, 39, top + 9, Rule);
        canvas.Line(60, top + 1.5, 60, top + 9, Rule);
    }

    private static void DrawNumber(IBoletoCanvas canvas, double top, BoletoDocument boleto)
    {
        Fitted(canvas, Left, top + 7.4, 39, boleto.Bank.Name, 10, bold: true);
        canvas.Text(40.5, top + 7.4, CodeSize, boleto.Bank.PrintedCode, bold: true);
        canvas.Text(Right, top + 7.4, LineSize, boleto.Number.PrintedLine, endsAtX: true);
    }

    private static void DrawBeneficiary(IBoletoCanvas canvas, double top, Beneficiary beneficiary)
    {
        Fitted(canvas, Left + Padding + 13, top + 2.6, Column, $"{beneficiary.Name} – CPF/CNPJ {beneficiary.TaxId}", SmallSize + 0.5, bold: false);
        Fitted(canvas, Left + Padding, top + 6.2, Column, beneficiary.Address, SmallSize, bold: false);
    }

    private static string PayerLine(BoletoDocument boleto) =>
        boleto.PayerTaxId.Length == 0 ? boleto.PayerName : $"{boleto.PayerName} – CPF/CNPJ {boleto.PayerTaxId}";

    /// <summary>A row of cells from each start to the right edge, with a line above it.</summary>
    private static void DrawRow(IBoletoCanvas canvas, double top, double[] starts, string[] labels)
    {
        canvas.Line(starts[0], top, Right, top, Hairline);
        for (var i = 0; i < starts.Length; i++)
        {
            if (starts[i] > Left)
            {
                canvas.Line(starts[i], top, starts[i], top + Row, Hairline);
            }

            Label(canvas, starts[i], top, labels[i]);
        }

        canvas.Line(starts[0], top + Row, Right, top + Row, Hairline);
    }

    private static void Label(IBoletoCanvas canvas, double x, double top, string text) =>
        canvas.Text(x + Padding, top + 2.4, LabelSize, text);

    private static void Value(IBoletoCanvas canvas, double x, double top, double end, string text, bool bold = false, double size = ValueSize) =>
        Fitted(canvas, x + Padding, top + 6.2, end, text, size, bold);

    private static void ValueRight(IBoletoCanvas canvas, double top, string text, bool bold = false) =>
        canvas.Text(Right - Padding, top + 6.2, ValueSize + 0.5, text, bold, endsAtX: true);

    /// <summary>Writes smaller when the text is too long, and cuts it when it would become unreadable.</summary>
    private static void Fitted(IBoletoCanvas canvas, double x, double y, double end, string text, double size, bool bold)
    {
        var room = ToPoints(end - x - Padding);
        var width = HelveticaWidths.Measure(text, size, bold);
        if (width > room)
        {
            var smaller = Math.Max(5, Math.Floor(size * room / width * 10) / 10);
            width = width * smaller / size;
            size = smaller;
            while (width > room && text.Length > 1)
            {
                text = text[..^2] + "…";
                width = HelveticaWidths.Measure(text, size, bold);
            }
        }

        canvas.Text(x, y, size, text, bold);
    }

    private static double ToPoints(double millimetres) => millimetres * 72 / 25.4;
}
