using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Pamps.ApiService.Http;

namespace Pamps.Tests.Http;

public class PlatformPortTests
{
    [Theory]
    [InlineData("http://+:8123", "--PORT=8123")]
    [InlineData("http://127.0.0.1:9000", "--PORT=8123", "--urls=http://127.0.0.1:9000")]
    [InlineData(null, "--PORT=eighty")]
    [InlineData(null)]
    public void Port_of_the_platform_counts_where_no_address_is_given(string? expected, params string[] arguments)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = arguments });

        builder.ListenOnPlatformPort();

        Assert.Equal(expected, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }
}
