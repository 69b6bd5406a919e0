using System.Globalization;
using System.Net;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// A boleto as an HTML page: the same sheet as <see cref="BoletoPdf"/> as an inline SVG picture, and above it the typed
/// line and the Pix code as text to select. No script, no style: it shows the same under any content security policy.
/// </summary>
internal static class BoletoHtml
{
    private static readonly string Form = Draw(BoletoLayout.DrawForm);

    public static string Write(BoletoDocument boleto)
    {
        var page = new StringBuilder(64 * 1024);
        var title = $"Boleto {boleto.OurNumber}";
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="pt-BR">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{WebUtility.HtmlEncode(title)}</title>
            </head>
            <body>
            <main>
            <h1>{WebUtility.HtmlEncode(title)}</h1>
            <dl>
            <dt>Vencimento</dt><dd><time datetime="{boleto.DueOn:yyyy-MM-dd}">{BrazilianFormat.Date(boleto.DueOn)}</time></dd>
            <dt>Valor</dt><dd><data value="{boleto.Amount:0.00}">{BrazilianFormat.Money(boleto.Amount)}</data></dd>
            <dt>Linha digitável</dt><dd><output id="line">{boleto.Number.PrintedLine}</output></dd>

            """);
        if (boleto.Pix is { } pix)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>Pix copia e cola</dt><dd><textarea id=\"pix\" rows=\"4\" cols=\"60\" readonly>{WebUtility.HtmlEncode(pix)}</textarea></dd>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""
            </dl>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="210mm" height="297mm" role="img" aria-label="{WebUtility.HtmlEncode(title)}" font-family="Helvetica, Arial, sans-serif" fill="#000">
            <rect width="210" height="297" fill="#fff"/>

            """);
        page.Append(Form);
        page.Append(Draw(canvas => BoletoLayout.DrawValues(canvas, boleto)));
        page.Append("</svg>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Draw(Action<IBoletoCanvas> draw)
    {
        var canvas = new SvgCanvas();
        draw(canvas);
        return canvas.ToString();
    }
}
