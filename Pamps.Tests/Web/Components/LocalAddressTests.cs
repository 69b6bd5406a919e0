extern alias Web;

using Web::Pamps.Web.Http;

namespace Pamps.Tests.Web.Components;

/// <summary>No open redirect.</summary>
public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/posts/1?a=b#c")]
    public void A_path_of_the_site_passes(string address) => Assert.Equal(address, LocalAddress.Of(address, "/else"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("posts")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_leads_elsewhere(string? address) => Assert.Equal("/else", LocalAddress.Of(address, "/else"));
}
