using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>The published codes, the strictness of the reader and the limits of the builder.</summary>
public sealed class PixCodeTests
{
    private const string Static = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";
    private const string Dynamic = "00020101021226770014BR.GOV.BCB.PIX2555pix.example.com/qr/93598be0-1bd0-4997-8318-81776a1d8a995204000053039865802BR5907EMPRESA6009SAO PAULO62070503***6304EEAB";

    private static readonly PixCode Charge = new()
    {
        Key = "123e4567-e12b-12d1-a456-426655440000",
        Name = "FULANO DE TAL",
        City = "BRASILIA",
        Amount = 1234.5m,
        TransactionId = "34110900000157",
    };

    [Fact]
    public void Checksum_has_its_published_check_value() => Assert.Equal(0x29B1, PixCode.Checksum("123456789"));

    [Fact]
    public void The_published_static_code_is_built_and_read()
    {
        Assert.True(PixCode.TryParse(Static, out var code, out var problem), problem);
        Assert.Equal(new PixCode { Key = "123e4567-e12b-12d1-a456-426655440000", Name = "Fulano de Tal", City = "BRASILIA" }, code);
        Assert.Equal(Static, code!.Build());
    }

    [Fact]
    public void The_published_dynamic_code_is_read()
    {
        Assert.True(PixCode.TryParse(Dynamic, out var code, out var problem), problem);
        Assert.Equal(new PixCode { Url = "pix.example.com/qr/93598be0-1bd0-4997-8318-81776a1d8a99", Name = "EMPRESA", City = "SAO PAULO", Once = true }, code);
        Assert.Equal(Dynamic.Length, code!.Build().Length);
    }

    [Fact]
    public void A_charge_survives_the_round_trip()
    {
        var text = Charge.Build();
        Assert.Contains("54071234.50", text, StringComparison.Ordinal);
        Assert.Contains("6218051434110900000157", text, StringComparison.Ordinal);
        Assert.True(PixCode.TryParse(text, out var code, out var problem), problem);
        Assert.Equal(Charge, code);
    }

    [Fact]
    public void Every_changed_character_is_noticed()
    {
        for (var i = 0; i < Static.Length; i++)
        {
            var wrong = $"{Static.AsSpan(0, i)}{(Static[i] == '0' ? '1' : '0')}{Static.AsSpan(i + 1)}";
            Assert.False(PixCode.TryParse(wrong, out _, out _), wrong);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00020126")]
    [InlineData("00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041d3d")]
    public void Incomplete_codes_are_refused(string text) => Assert.False(PixCode.TryParse(text, out _, out _));

    [Theory]
    [InlineData("5204000053039865802BR5913", "5204000053039865802BR5914")] // a length that does not match
    [InlineData("5303986", "5303840")] // dollars
    [InlineData("5802BR", "5802AR")]
    [InlineData("6008BRASILIA", "")]
    [InlineData("62070503***", "")]
    [InlineData("62070503***", "62070503**1")]
    [InlineData("5802BR", "5403123" + "5802BR")] // an amount without cents
    [InlineData("5802BR", "5802BR5802BR")]
    [InlineData("br.gov.bcb.pix", "br.gov.bcb.pax")]
    [InlineData("000201", "000202")]
    public void A_right_checksum_does_not_heal_wrong_elements(string part, string replacement)
    {
        var content = Static[..^4].Replace(part, replacement, StringComparison.Ordinal);
        var text = content + PixCode.Checksum(content).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);

        Assert.NotEqual(Static, text);
        Assert.False(PixCode.TryParse(text, out _, out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void A_key_of_77_characters_just_fits()
    {
        var code = Charge with { Key = new string('a', 77) };
        Assert.True(PixCode.TryParse(code.Build(), out var read, out var problem), problem);
        Assert.Equal(code, read);
        Assert.Throws<InvalidOperationException>(() => (Charge with { Key = new string('a', 78) }).Build());
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused()
    {
        PixCode[] wrong =
        [
            Charge with { Key = null },
            Charge with { Url = "pix.example.com/1" },
            Charge with { Name = new string('A', 26) },
            Charge with { Name = "" },
            Charge with { City = new string('A', 16) },
            Charge with { City = "A\nB" },
            Charge with { Amount = 0 },
            Charge with { Amount = 1.001m },
            Charge with { Amount = 10_000_000_000m },
            Charge with { TransactionId = "" },
            Charge with { TransactionId = new string('1', 26) },
            Charge with { TransactionId = "a-b" },
        ];

        Assert.All(wrong, code => Assert.Throws<InvalidOperationException>(code.Build));
    }

    [Theory]
    [InlineData("Cobrança Ágil & Cia. Ltda", 25, "COBRANCA AGIL & CIA. LTDA")]
    [InlineData("São José dos Campos", 15, "SAO JOSE DOS CA")]
    [InlineData("  日本 Café\t\n", 25, "CAFE")]
    public void Names_are_folded_to_capitals(string text, int length, string folded) => Assert.Equal(folded, PixCode.Fold(text, length));
}
