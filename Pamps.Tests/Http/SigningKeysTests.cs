using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Auth;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Http;

/// <summary>What verifies access tokens, when many of them come at once.</summary>
public sealed class SigningKeysTests(SigningKeysTests.FreshKeys api) : IClassFixture<SigningKeysTests.FreshKeys>
{
    /// <summary>The race of the library is lost once in a thousand starts, too seldom to be provoked here.</summary>
    [Fact]
    public void Threads_do_not_share_what_they_verify_tokens_with()
    {
        var keys = api.Services.GetRequiredService<SigningKeys>();

        Assert.Contains(keys.Credentials.Key, keys.Find(keys.Credentials.Key.KeyId));
        Assert.All([.. keys.Unnamed, keys.Credentials.Key], key => Assert.False(key.CryptoProviderFactory.CacheSignatureProviders));
    }

    [Fact]
    public async Task Many_requests_that_are_the_first_with_a_new_key_are_all_let_in()
    {
        var ana = await api.SignedInAs("ana");
        for (var round = 0; round < 5; round++)
        {
            // Issued before the start with this key as the former one: nothing of the new process has touched either.
            using var http = api.Server.Connect();
            var token = (await http.SignInAsync(ana.Username, ana.Password)).AccessToken;
            await api.RestartWithNewKeyAsync();
            var clients = Enumerable.Range(0, 64).Select(_ => api.Server.Connect(token)).ToArray();

            var statuses = await Task.WhenAll(clients.Select(async client =>
            {
                using var response = await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
                return response.StatusCode;
            }));

            Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    /// <summary>An API that can be started again with a key that nobody has seen; the one before stays good.</summary>
    public sealed class FreshKeys : ApiFixture
    {
        private ApiSettings _settings = null!;

        /// <summary>Starts the API again.</summary>
        public Task RestartWithNewKeyAsync()
        {
            _settings["Jwt:PreviousSigningKeys:0"] = _settings["Jwt:SigningKey"];
            _settings["Jwt:SigningKey"] = $"a signing key of tests that is used for the first time {Guid.NewGuid()}";
            return RestartAsync();
        }

        /// <inheritdoc />
        protected override void Configure(ApiSettings settings) => _settings = settings;
    }
}
