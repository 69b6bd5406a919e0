using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.ApiService.Adapters;

/// <summary>Reads path, query and body of a request to an older API and gathers every error in the shape those clients parse.</summary>
/// <remarks>
/// Ask for path values first, then query, then body fields in declared order: errors are listed as asked. A value that was
/// not valid comes back as a default and must not be used: check <see cref="IsValid"/> first. Field names and messages are
/// those of pydantic 1, which the originals used. What counts as an integer or a boolean is in <see cref="OlderValues"/>.
/// </remarks>
internal sealed class OlderInput(HttpContext http)
{
    // Null before the body is read, and when it cannot be used: then its fields are not reported one by one.
    private JsonElement? _body;

    private IFormCollection? _form;

    /// <summary>Whether all that was asked for was there and well formed.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>The body cannot be used at all: not JSON, not of the right type, too large.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Whether the body was too large, which is a 413.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The answer that lists what is wrong.</summary>
    public JsonHttpResult<JsonObject> Refusal => IsTooLarge
        ? Older.Answer(StatusCodes.Status413PayloadTooLarge, new JsonObject { ["detail"] = $"The body is larger than {OlderBody.Max} bytes" })
        : Older.Invalid(Errors.List);

    /// <summary>What is wrong.</summary>
    public OlderErrors Errors { get; } = new();

    /// <summary>Adds an error of a rule that only the use case knows.</summary>
    public void Add(string message, string type, params ReadOnlySpan<string> location) => Errors.Add(location, message, type);

    public Int128 PathInteger(string name) => Integer(http.GetRouteValue(name) as string, ["path", name]);

    public Int128 QueryInteger(string name, Int128 fallback, Int128 min, Int128 max)
    {
        var raw = http.Request.Query[name];
        return raw.Count == 0 ? fallback : InRange(Integer(raw[^1], ["query", name]), min, max, ["query", name]);
    }

    public bool QueryBoolean(string name, bool fallback)
    {
        var raw = http.Request.Query[name];
        if (raw.Count == 0)
        {
            return fallback;
        }

        if (!OlderValues.TryBoolean(raw[^1], out var value))
        {
            NotBoolean(["query", name]);
        }

        return value;
    }

    public string QueryText(string name, string fallback)
    {
        var raw = http.Request.Query[name];
        return raw.Count == 0 ? fallback : Checked(raw[^1] ?? "", ["query", name], int.MaxValue, blankAllowed: true);
    }

    /// <summary>Reads a JSON object; a body without a content type counts as JSON, one of another type is an error.</summary>
    public async Task ReadJsonAsync(CancellationToken cancellationToken)
    {
        (_body, IsTooLarge) = await OlderBody.ReadAsync(http.Request, Errors, cancellationToken);
        IsUnreadable = _body is null;
    }

    /// <summary>Reads a form, url-encoded or multipart; a body of another type is a form without fields.</summary>
    public async Task ReadFormAsync(CancellationToken cancellationToken)
    {
        try
        {
            _form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            IsTooLarge = exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            _form = FormCollection.Empty;
        }
    }

    /// <summary>A field of the form; an empty one counts as absent, as it did for the originals.</summary>
    public string FormText(string name)
    {
        var raw = _form![name];
        if (raw.Count == 0 || string.IsNullOrEmpty(raw[^1]))
        {
            Errors.Add(["body", name], "field required", OlderErrors.Missing);
            return "";
        }

        return Checked(raw[^1]!, ["body", name], int.MaxValue, blankAllowed: true);
    }

    /// <summary>The optional <c>grant_type</c> of a form: <c>password</c> or nothing.</summary>
    public void GrantType()
    {
        if (_form!["grant_type"] is [.., { Length: > 0 } grant] && grant != "password")
        {
            Errors.Add(["body", "grant_type"], "string does not match regex \"password\"", "value_error.str.regex");
        }
    }

    public string Text(string name, int max, bool blankAllowed = false) =>
        Required(name) is { } value ? Text(value, name, max, blankAllowed) : "";

    public string? OptionalText(string name, int max) =>
        Find(name) is { ValueKind: not JsonValueKind.Null } value ? Text(value, name, max, blankAllowed: true) : null;

    public Int128 Integer(string name, Int128 min, Int128 max) =>
        Required(name) is { } value ? InRange(Integer(value, name), min, max, ["body", name]) : 0;

    public Int128? OptionalInteger(string name) =>
        Find(name) is { ValueKind: not JsonValueKind.Null } value ? Integer(value, name) : null;

    /// <summary>A boolean that may be absent but not null.</summary>
    public bool Boolean(string name, bool fallback)
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            Null(name);
            return fallback;
        }

        if (!OlderValues.TryBoolean(value, out var result))
        {
            NotBoolean(["body", name]);
        }

        return result;
    }

    /// <summary>A field that is an integer or a text, as text: 1 and "1" are the same.</summary>
    public string IntegerOrText(string name, int max)
    {
        if (Required(name) is not { } value)
        {
            return "";
        }

        return value.ValueKind == JsonValueKind.Number && OlderValues.TryInteger(value, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : Text(value, name, max, blankAllowed: false);
    }

    private JsonElement? Find(string name)
    {
        if (_body is not { } body)
        {
            return null;
        }

        // Property by property, not TryGetProperty: that throws on a stranger's name with a lone surrogate.
        JsonElement? found = null;
        foreach (var property in body.EnumerateObject())
        {
            if (property.NameEquals(name))
            {
                found = property.Value;
            }
        }

        return found;
    }

    private JsonElement? Required(string name)
    {
        if (_body is null)
        {
            return null;
        }

        var value = Find(name);
        if (value is null)
        {
            Errors.Add(["body", name], "field required", OlderErrors.Missing);
        }
        else if (value.Value.ValueKind == JsonValueKind.Null)
        {
            Null(name);
            return null;
        }

        return value;
    }

    private string Text(JsonElement value, string name, int max, bool blankAllowed)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Errors.Add(["body", name], "str type expected", "type_error.str");
            return "";
        }

        if (!OlderValues.TryText(value, out var text))
        {
            Errors.Add(["body", name], "value is not valid Unicode", "value_error.str.unicode");
            return "";
        }

        return Checked(text, ["body", name], max, blankAllowed);
    }

    private string Checked(string text, ReadOnlySpan<string> location, int max, bool blankAllowed)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            // The database cannot store it.
            Errors.Add(location, "value may not contain NUL characters", "value_error.str.unicode");
        }
        else if (!blankAllowed && string.IsNullOrWhiteSpace(text))
        {
            Errors.Add(location, "ensure this value has at least 1 characters", "value_error.any_str.min_length", limit: 1);
        }
        else if (text.Length > max)
        {
            Errors.Add(location, string.Create(CultureInfo.InvariantCulture, $"ensure this value has at most {max} characters"), "value_error.any_str.max_length", limit: max);
        }

        return text;
    }

    private Int128 Integer(string? text, ReadOnlySpan<string> location)
    {
        if (OlderValues.TryInteger(text, out var number))
        {
            return number;
        }

        NotInteger(location);
        return 0;
    }

    private Int128 Integer(JsonElement value, string name)
    {
        if (OlderValues.TryInteger(value, out var number))
        {
            return number;
        }

        NotInteger(["body", name]);
        return 0;
    }

    private Int128 InRange(Int128 value, Int128 min, Int128 max, ReadOnlySpan<string> location)
    {
        if (value > max)
        {
            Errors.Add(location, $"ensure this value is less than or equal to {max}", "value_error.number.not_le", limit: (long)max);
        }
        else if (value < min)
        {
            Errors.Add(location, $"ensure this value is greater than or equal to {min}", "value_error.number.not_ge", limit: (long)min);
        }

        return value;
    }

    private void Null(string name) => Errors.Add(["body", name], "none is not an allowed value", "type_error.none.not_allowed");

    private void NotInteger(ReadOnlySpan<string> location) => Errors.Add(location, "value is not a valid integer", "type_error.integer");

    private void NotBoolean(ReadOnlySpan<string> location) => Errors.Add(location, "value could not be parsed to a boolean", "type_error.bool");
}
