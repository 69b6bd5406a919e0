using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pamps.Tests.Http;

public sealed class MannersTests(MannersTests.WithOrigin api) : IClassFixture<MannersTests.WithOrigin>
{
    private const string Origin = "https://app.example.org";

    [Fact]
    public async Task Unchanged_read_is_304_and_depends_on_who_asks()
    {
        var ana = await api.SignedInAs("ana");
        using var first = await ana.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        var tag = first.Headers.ETag!;

        using var again = await ConditionalAsync(ana.Http, tag);
        using var patch = await ana.Http.PatchAsync(new Uri("/api/v1/me", UriKind.Relative), new StringContent("""{"bio":"new"}""", Encoding.UTF8, "application/json"));
        using var changed = await ConditionalAsync(ana.Http, tag);

        Assert.True(tag.IsWeak);
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
        Assert.Contains("Authorization", first.Headers.Vary);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        await changed.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/feeds/public")]
    [InlineData("/api/v1/instance")]
    public async Task A_cache_tells_answers_apart_by_every_kind_of_credentials(string path)
    {
        var ana = await api.SignedInAs("ana");
        using var stranger = await api.Anonymous.GetAsync(new Uri(path, UriKind.Relative));
        using var signedIn = await ana.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("public, max-age=10", stranger.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache, private", signedIn.Headers.CacheControl!.ToString());
        Assert.Superset(new HashSet<string> { "Authorization", "X-Api-Key", "Accept-Language" }, stranger.Headers.Vary.ToHashSet());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Answers_are_compressed_on_request(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi.json");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var response = await api.Anonymous.SendAsync(request);

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        var stream = await response.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.StartsWith("{", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configured_origin_may_call_and_others_may_not()
    {
        foreach (var (origin, allowed) in ((string, bool)[])[(Origin, true), ("https://evil.example", false)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/instance");
            request.Headers.Add("Origin", origin);
            using var response = await api.Anonymous.SendAsync(request);

            Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Expose-Headers", out var exposed) &&
                string.Join(',', exposed).Contains("X-RateLimit-Remaining", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Too_large_a_body_is_413()
    {
        // Asks first: else the answer may come while the body is still on its way, to a client that looks for it only afterwards.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts")
        {
            Content = new StringContent(new string('x', 1_100_000), Encoding.UTF8, "application/json"),
            Headers = { ExpectContinue = true },
        };
        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBeProblemAsync(413, "too_large");
    }

    [Theory]
    [InlineData("pt-BR,en;q=0.5", "Não há nada aqui com este endereço.")]
    [InlineData("fr", "There is no such thing here.")]
    public async Task Titles_speak_the_language_asked_for(string accept, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing");
        request.Headers.Add("Accept-Language", accept);
        using var response = await api.Anonymous.SendAsync(request);

        Assert.Equal(title, (await response.ShouldBeProblemAsync(404, "not_found")).Title);
    }

    [Fact]
    public async Task Characters_that_cannot_be_stored_are_the_callers_mistake()
    {
        var ana = await api.SignedInAs("ana");
        using var body = new StringContent("""{"name":"a\u0000b","scopes":["read"]}""", Encoding.UTF8, "application/json");
        using var key = await ana.Http.PostAsync(new Uri("/api/v1/me/api-keys", UriKind.Relative), body);
        using var query = await api.Anonymous.GetAsync(new Uri("/api/v1/accounts?q=%00", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, key.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, query.StatusCode);
    }

    private static async Task<HttpResponseMessage> ConditionalAsync(HttpClient http, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.IfNoneMatch.Add(tag);
        return await http.SendAsync(request);
    }

    /// <summary>An API that one other origin may call.</summary>
    public sealed class WithOrigin : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Http:CorsOrigins"] = Origin;
        }
    }
}
