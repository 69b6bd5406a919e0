extern alias Web;

using System.Globalization;
using Web::Pamps.Web.Components.Billing;

namespace Pamps.Tests.Web.Components;

/// <summary>Ids and days as people read them.</summary>
public sealed class BillingTextTests
{
    [Theory]
    [InlineData("52998224725", "529.982.247-25", "529.•••.•••-25")]
    [InlineData("11222333000181", "11.222.333/0001-81", "11.2••.•••/••••-81")]
    [InlineData("12ABC34501DE35", "12.ABC.345/01DE-35", "12.A••.•••/••••-35")]
    [InlineData("529.982.247-25", "529.982.247-25", "529•••••••••25")]
    [InlineData("1", "1", "•••")]
    public void A_government_id_has_the_form_of_its_kind(string id, string shown, string masked) =>
        Assert.Equal((shown, masked), (BillingText.GovernmentId(id), BillingText.Masked(id)));

    [Theory]
    [InlineData("en", "Oct\u00A012,\u00A02031")]
    [InlineData("pt-BR", "12/10/2031")]
    public void A_day_leaves_no_doubt_which_number_is_the_month(string language, string expected)
    {
        CultureInfo.CurrentCulture = new(language);

        Assert.Equal(expected, BillingText.Day(new(2031, 10, 12)));
    }
}
