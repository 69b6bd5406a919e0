using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pamps.Tests.Http;

public sealed class DocumentGateTests(DocumentGateTests.Gated api) : IClassFixture<DocumentGateTests.Gated>
{
    public static TheoryData<string> Documents => new("/docs/index.html", "/redoc/index.html", "/openapi.json", "/openapi/older.json");

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Documents_ask_strangers_for_a_name_and_a_password(string path)
    {
        using var response = await GetAsync(path, null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Contains("Not authenticated", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Documents_open_to_the_configured_name_and_password(string path)
    {
        using var response = await GetAsync(path, "reader:open: sesame");

        await response.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("reader:wrong")]
    [InlineData("READER:open: sesame")]
    [InlineData("reader")]
    [InlineData("")]
    public async Task Other_names_and_passwords_are_refused(string credentials)
    {
        using var response = await GetAsync("/openapi.json", credentials);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("Incorrect username or password", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_stands_before_the_documents_alone()
    {
        using var response = await GetAsync("/api/v1/instance", null);

        await response.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (credentials is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }

        return await api.Anonymous.SendAsync(request);
    }

    /// <summary>An API whose documents are behind a name and a password.</summary>
    public sealed class Gated : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Docs:Username"] = "reader";
            settings["Docs:Password"] = "open: sesame";
        }
    }
}
