using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Auth;

namespace Pamps.Tests.Http;

public sealed class SigningKeysTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>The race of the library is lost once in a thousand starts, too seldom to be provoked here.</summary>
    [Fact]
    public void Threads_do_not_share_what_they_verify_tokens_with()
    {
        var keys = api.Services.GetRequiredService<SigningKeys>();

        Assert.Contains(keys.Credentials.Key, keys.Find(keys.Credentials.Key.KeyId));
        Assert.All([.. keys.Unnamed, keys.Credentials.Key], key => Assert.False(key.CryptoProviderFactory.CacheSignatureProviders));
    }
}
