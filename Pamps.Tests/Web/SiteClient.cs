using System.Net;
using System.Text.RegularExpressions;

namespace Pamps.Tests.Web;

/// <summary>A program that speaks to the site over HTTP and sees what the site really answers: nothing followed, no cookie kept unless given.</summary>
internal sealed partial class SiteClient : IDisposable
{
    private readonly HttpClient _http;

    private SiteClient(HttpClient http) => _http = http;

    /// <summary>Connects.</summary>
    /// <param name="visitor">Whose cookies to send; nobody's when absent.</param>
    /// <param name="language">The language to ask for.</param>
    /// <param name="site">Another site than the one everybody shares.</param>
    public static async Task<SiteClient> ConnectAsync(SiteVisitor? visitor = null, string language = "en", AppModel.Site? site = null)
    {
        site ??= await AppModel.SiteAsync();
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Web };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        if (visitor is not null && await visitor.Page.Context.CookiesAsync() is { Count: > 0 } cookies)
        {
            http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        }

        return new(http);
    }

    /// <summary>Asks for something.</summary>
    /// <param name="path">Path and query.</param>
    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Reads a page that must be there.</summary>
    /// <param name="path">Path and query.</param>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    /// <summary>Posts a form.</summary>
    /// <param name="path">Where.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="headers">Further headers.</param>
    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request);
    }

    /// <summary>Every form of a page that posts, as its attributes and what stands in it.</summary>
    /// <param name="html">The page.</param>
    public static IReadOnlyList<(string Attributes, string Content)> FormsOf(string html) =>
        [.. Form().Matches(html).Where(match => match.Groups[1].Value.Contains("method=\"post\"", StringComparison.Ordinal)).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();
}
