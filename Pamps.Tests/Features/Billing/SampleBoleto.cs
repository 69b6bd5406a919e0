using System.Globalization;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>A boleto to draw.</summary>
internal static class SampleBoleto
{
    public static BoletoDocument Of(long sequence = 157, decimal amount = 1234.56m, string payer = "João da Conceição & Filhos (ME)")
    {
        var bank = new ItauBank("0293", "01328", "109");
        var dueOn = new DateOnly(2026, 12, 31);
        return new BoletoDocument
        {
            Bank = bank,
            Beneficiary = new Beneficiary(
                "Cobrança Ágil Serviços Ltda.",
                "12.345.678/0001-95",
                "Rua das Acácias, 1200 – São Paulo – SP – CEP 01310-100",
                ["Não receber após 30/03/2027.", "Após o vencimento cobrar multa de R$ 24,69."]),
            Number = BoletoNumber.Create(bank.Code, dueOn, amount, bank.FreeField(sequence)),
            OurNumber = bank.PrintedNumber(sequence),
            DocumentNumber = "1adb6ccf-ff16-467f-bea7-5f05d494280f",
            IssuedOn = new DateOnly(2026, 11, 21),
            DueOn = dueOn,
            Amount = amount,
            PayerName = payer,
            PayerTaxId = "111.111.111-11",
            Pix = new PixCode
            {
                Key = "123e4567-e12b-12d1-a456-426655440000",
                Name = "COBRANCA AGIL SERVICOS",
                City = "SAO PAULO",
                Amount = amount,
                TransactionId = string.Create(CultureInfo.InvariantCulture, $"341109{sequence:D8}"),
            }.Build(),
        };
    }
}
