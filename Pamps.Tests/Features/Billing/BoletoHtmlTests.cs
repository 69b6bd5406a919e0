using System.Xml.Linq;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>The page in a browser.</summary>
public sealed class BoletoHtmlTests
{
    [Fact]
    public void Page_is_well_formed_and_needs_neither_script_nor_style()
    {
        var page = BoletoHtml.Write(SampleBoleto.Of(payer: "<script>alert(1)</script> & \"Filhos\""));
        var document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)
            .Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
            .Replace("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", "", StringComparison.Ordinal)
            .Replace("<meta name=\"robots\" content=\"noindex\">", "", StringComparison.Ordinal)
            .Replace(" readonly>", " readonly=\"\">", StringComparison.Ordinal));

        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "style");
        Assert.DoesNotContain(document.Descendants().Attributes(), attribute => attribute.Name == "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains(document.Descendants(), element => element.Value.StartsWith("<script>alert(1)</script> & \"Filhos\" – CPF/CNPJ", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_has_the_number_and_the_Pix_code_to_copy()
    {
        var boleto = SampleBoleto.Of();
        var page = BoletoHtml.Write(boleto);

        Assert.Contains($"<output id=\"line\">{boleto.Number.PrintedLine}</output>", page, StringComparison.Ordinal);
        Assert.Contains($"readonly>{boleto.Pix}</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Pix", BoletoHtml.Write(boleto with { Pix = null }), StringComparison.Ordinal);
    }
}
