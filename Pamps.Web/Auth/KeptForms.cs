using System.Text.Json;

namespace Pamps.Web.Auth;

/// <summary>
/// Forms that could not be sent because the session had ended or changed. They wait in the session store, and the page
/// <c>/resume</c> shows them again with a fresh token: whoever wrote a long post signs in and presses once more.
/// </summary>
internal sealed class KeptForms(SessionStore store)
{
    // Far above any text the site takes; a file is not kept.
    private const int LongestForm = 64 * 1024;

    // Never kept: secrets, and fields that only fitted the old session.
    private static readonly string[] NotKept = ["__RequestVerificationToken", "password", "currentPassword", "newPassword"];

    // Shown again empty: a password is never kept, and whoever signs in has nothing to resume.
    private static readonly string[] ShownAnew = ["/sign-in", "/register"];

    /// <summary>Keeps the posted form.</summary>
    /// <returns>A local address that shows it again; the page it came from when there is nothing worth keeping.</returns>
    public async Task<string> KeepAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > LongestForm)
        {
            return "/";
        }

        if (ShownAnew.Contains(request.Path.Value))
        {
            return request.Path + request.QueryString;
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var fields = form
            .Where(field => !NotKept.Any(name => field.Key.EndsWith(name, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(field => field.Value, (field, value) => new KeyValuePair<string, string>(field.Key, value ?? ""))
            .ToList();
        var kept = new KeptForm(request.Path + request.QueryString, fields);
        return "/resume/" + await store.KeepFormAsync(JsonSerializer.SerializeToUtf8Bytes(kept));
    }

    /// <summary>Reads a kept form.</summary>
    public async Task<KeptForm?> ReadAsync(string key) =>
        await store.KeptFormAsync(key) is { } bytes ? JsonSerializer.Deserialize<KeptForm>(bytes) : null;
}

/// <summary>A form to send again.</summary>
/// <param name="Address">Where it goes: a path of this site.</param>
/// <param name="Fields">Its fields, in order.</param>
internal sealed record KeptForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields);
