namespace Pamps.Tests.Features.Tokens;

/// <summary>What a browser does on the API page.</summary>
internal static class PageVerbs
{
    /// <summary>Posts a form with headers.</summary>
    /// <param name="api">The API.</param>
    /// <param name="path">The path.</param>
    /// <param name="form">Members of the form.</param>
    /// <param name="headers">Headers.</param>
    public static async Task<HttpResponseMessage> PostAsync(
        this ApiFixture api, string path, (string Name, string Value)[] form, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(member => KeyValuePair.Create(member.Name, member.Value))),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await api.Anonymous.SendAsync(request);
    }
}
