using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Accounts;

namespace Pamps.ApiService.Adapters;

/// <summary>Reads path, query and body of a request to an older API and gathers every error in the shape those clients parse.</summary>
/// <remarks>
/// Ask for path values first, then query, then body fields in declared order: errors are listed as asked. A value that was
/// not valid comes back as a default and must not be used: check <see cref="IsValid"/> first. Field names and messages are
/// those of pydantic 1, which the originals used. Integers accept numeric strings, booleans the usual words in any letter
/// case. An integer beyond 64 bits is still an integer: it names nothing that exists.
/// </remarks>
internal sealed class OlderInput(HttpContext http)
{
    /// <summary>Largest JSON body of an older API; the longest field takes 10,000 characters.</summary>
    public const int BodyMax = 1 << 20;

    private const string Missing = "value_error.missing";

    private static readonly string[] TrueWords = ["true", "1", "yes", "on", "t", "y"];

    private static readonly string[] FalseWords = ["false", "0", "no", "off", "f", "n"];

    private readonly JsonArray _errors = [];

    private JsonElement _body;

    private IFormCollection? _form;

    /// <summary>Whether all that was asked for was there and well formed.</summary>
    public bool IsValid => _errors.Count == 0;

    /// <summary>The body cannot be used at all: not JSON, not of the right type, too large.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Whether the body was too large, which is a 413.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The answer that lists what is wrong.</summary>
    public JsonHttpResult<JsonObject> Refusal => IsTooLarge
        ? Older.Answer(StatusCodes.Status413PayloadTooLarge, new JsonObject { ["detail"] = $"The body is larger than {BodyMax} bytes" })
        : Older.Invalid(_errors);

    /// <summary>What is wrong, for an adapter that adds keys of its own.</summary>
    public JsonArray Errors => _errors;

    /// <summary>Adds an error of a rule that only the use case knows.</summary>
    public void Add(string message, string type, params ReadOnlySpan<string> location) => AddAt(location, message, type);

    public Int128 PathInteger(string name) => ReadInteger(http.GetRouteValue(name) as string, ["path", name]);

    public string PathText(string name)
    {
        var text = http.GetRouteValue(name) as string ?? "";
        return CheckText(text, ["path", name], int.MaxValue, blankAllowed: true);
    }

    public Int128 QueryInteger(string name, Int128 fallback, Int128 min, Int128 max)
    {
        var raw = http.Request.Query[name];
        return raw.Count == 0 ? fallback : CheckRange(ReadInteger(raw[^1], ["query", name]), min, max, ["query", name]);
    }

    public bool QueryBoolean(string name, bool fallback)
    {
        var raw = http.Request.Query[name];
        return raw.Count == 0 ? fallback : ReadBoolean(raw[^1], ["query", name]);
    }

    public string QueryText(string name, string fallback)
    {
        var raw = http.Request.Query[name];
        return raw.Count == 0 ? fallback : CheckText(raw[^1] ?? "", ["query", name], int.MaxValue, blankAllowed: true);
    }

    /// <summary>Reads a JSON object; a body without a content type counts as JSON, one of another type is an error.</summary>
    public async Task ReadJsonAsync(CancellationToken cancellationToken)
    {
        var bytes = await ReadBodyAsync(cancellationToken);
        if (IsTooLarge)
        {
            return;
        }

        if (bytes.Length == 0)
        {
            Unreadable("field required", Missing);
            return;
        }

        if (!IsJson(http.Request.ContentType))
        {
            Unreadable("value is not a valid dict", "type_error.dict");
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            _body = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            IsUnreadable = true;
            AddAt(["body"], exception.Message, "value_error.jsondecode", Position(bytes, exception));
            return;
        }

        if (_body.ValueKind == JsonValueKind.Null)
        {
            Unreadable("field required", Missing);
        }
        else if (_body.ValueKind != JsonValueKind.Object)
        {
            Unreadable("value is not a valid dict", "type_error.dict");
        }
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
            AddAt(["body", name], "field required", Missing);
            return "";
        }

        return CheckText(raw[^1]!, ["body", name], int.MaxValue, blankAllowed: true);
    }

    public string Text(string name, int max, bool blankAllowed = false) =>
        Required(name) is { } value ? ReadText(value, ["body", name], max, blankAllowed) : "";

    public string? OptionalText(string name, int max) =>
        Find(name) is { ValueKind: not JsonValueKind.Null } value ? ReadText(value, ["body", name], max, blankAllowed: true) : null;

    public string Email(string name, int max)
    {
        var valid = _errors.Count;
        var text = Text(name, int.MaxValue, blankAllowed: true);
        if (_errors.Count > valid || IsUnreadable)
        {
            return "";
        }

        if (text.Length <= max && OlderEmail.TryParse(text, out var email))
        {
            return email;
        }

        AddAt(["body", name], "value is not a valid email address", "value_error.email");
        return "";
    }

    public Int128 Integer(string name, Int128 min, Int128 max) =>
        Required(name) is { } value ? CheckRange(ReadInteger(value, ["body", name]), min, max, ["body", name]) : 0;

    public Int128? OptionalInteger(string name) =>
        Find(name) is { ValueKind: not JsonValueKind.Null } value ? ReadInteger(value, ["body", name]) : null;

    /// <summary>A boolean that may be absent but not null.</summary>
    public bool Boolean(string name, bool fallback)
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            AddNull(name);
            return fallback;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => ReadBoolean(value.GetRawText(), ["body", name]),
            JsonValueKind.String when TryString(value, out var text) => ReadBoolean(text, ["body", name]),
            _ => ReadBoolean(null, ["body", name]),
        };
    }

    /// <summary>A user name that a new account may have.</summary>
    public string Username(string name)
    {
        var before = _errors.Count;
        var text = Text(name, AccountLimits.UsernameMax);
        if (_errors.Count > before || IsUnreadable)
        {
            return "";
        }

        if (text.Length < AccountLimits.UsernameMin)
        {
            AddAt(["body", name], $"ensure this value has at least {AccountLimits.UsernameMin} characters", "value_error.any_str.min_length", limit: AccountLimits.UsernameMin);
        }
        else if (!text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            AddAt(["body", name], "use letters, digits and _ only", "value_error.str.regex");
        }
        else if (ReservedUsernames.Contains(text.ToLowerInvariant()))
        {
            // A route of that name would hide the profile.
            AddAt(["body", name], "this name is reserved", "value_error.str.reserved");
        }

        return text;
    }

    /// <summary>The optional <c>grant_type</c> of a form: <c>password</c> or nothing.</summary>
    public void GrantType()
    {
        if (_form!["grant_type"] is [.., { Length: > 0 } grant] && grant != "password")
        {
            AddAt(["body", "grant_type"], "string does not match regex \"password\"", "value_error.str.regex");
        }
    }

    /// <summary>A field that is an integer or a text, as text: 1 and "1" are the same.</summary>
    public string IntegerOrText(string name, int max)
    {
        if (Required(name) is not { } value)
        {
            return "";
        }

        return value.ValueKind == JsonValueKind.Number && TryInteger(value.GetRawText(), out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : ReadText(value, ["body", name], max, blankAllowed: false);
    }

    private JsonElement? Find(string name)
    {
        if (_body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // Property by property, not TryGetProperty: that throws on a stranger's name with a lone surrogate.
        JsonElement? found = null;
        foreach (var property in _body.EnumerateObject())
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
        if (_body.ValueKind != JsonValueKind.Object)
        {
            // The whole body was refused already; its fields are not reported one by one.
            return null;
        }

        var value = Find(name);
        if (value is null)
        {
            AddAt(["body", name], "field required", Missing);
        }
        else if (value.Value.ValueKind == JsonValueKind.Null)
        {
            AddNull(name);
            return null;
        }

        return value;
    }

    private string ReadText(JsonElement value, ReadOnlySpan<string> location, int max, bool blankAllowed)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            AddAt(location, "str type expected", "type_error.str");
            return "";
        }

        if (!TryString(value, out var text))
        {
            AddAt(location, "value is not valid Unicode", "value_error.str.unicode");
            return "";
        }

        return CheckText(text, location, max, blankAllowed);
    }

    private string CheckText(string text, ReadOnlySpan<string> location, int max, bool blankAllowed)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            // The database cannot store it.
            AddAt(location, "value may not contain NUL characters", "value_error.str.unicode");
        }
        else if (!blankAllowed && string.IsNullOrWhiteSpace(text))
        {
            AddAt(location, "ensure this value has at least 1 characters", "value_error.any_str.min_length", limit: 1);
        }
        else if (text.Length > max)
        {
            AddAt(location, string.Create(CultureInfo.InvariantCulture, $"ensure this value has at most {max} characters"), "value_error.any_str.max_length", limit: max);
        }

        return text;
    }

    private Int128 ReadInteger(JsonElement value, ReadOnlySpan<string> location) => value.ValueKind switch
    {
        JsonValueKind.Number => ReadInteger(value.GetRawText(), location),
        JsonValueKind.String when TryString(value, out var text) => ReadInteger(text, location),
        _ => ReadInteger((string?)null, location),
    };

    private Int128 ReadInteger(string? text, ReadOnlySpan<string> location)
    {
        if (text is not null && TryInteger(text, out var number))
        {
            return number;
        }

        AddAt(location, "value is not a valid integer", "type_error.integer");
        return 0;
    }

    private Int128 CheckRange(Int128 value, Int128 min, Int128 max, ReadOnlySpan<string> location)
    {
        if (value > max)
        {
            AddAt(location, $"ensure this value is less than or equal to {max}", "value_error.number.not_le", limit: (long)max);
        }
        else if (value < min)
        {
            AddAt(location, $"ensure this value is greater than or equal to {min}", "value_error.number.not_ge", limit: (long)min);
        }

        return value;
    }

    private bool ReadBoolean(string? text, ReadOnlySpan<string> location)
    {
        if (TrueWords.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!FalseWords.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            AddAt(location, "value could not be parsed to a boolean", "type_error.bool");
        }

        return false;
    }

    /// <summary>Digits with an optional sign; more digits than 128 bits hold saturate.</summary>
    private static bool TryInteger(string text, out Int128 number)
    {
        text = text.Trim();
        if (Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        number = text.StartsWith('-') ? Int128.MinValue : Int128.MaxValue;
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryString(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 without its partner.
            text = "";
            return false;
        }
    }

    private static bool IsJson(string? contentType) =>
        string.IsNullOrWhiteSpace(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))));

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var block = new byte[8_192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(block, cancellationToken)) > 0)
        {
            if (buffer.Length + read > BodyMax)
            {
                IsTooLarge = true;
                Unreadable("the body is too large", "value_error");
                return default;
            }

            buffer.Write(block, 0, read);
        }

        var bytes = buffer.ToArray().AsMemory();
        return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    private static int Position(ReadOnlyMemory<byte> bytes, JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += bytes.Span[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (int)(exception.BytePositionInLine ?? 0);
    }

    private void Unreadable(string message, string type)
    {
        IsUnreadable = true;
        AddAt(["body"], message, type);
    }

    private void AddNull(string name) => AddAt(["body", name], "none is not an allowed value", "type_error.none.not_allowed");

    private void AddAt(ReadOnlySpan<string> location, string message, string type, int? position = null, long? limit = null)
    {
        var loc = new JsonArray();
        foreach (var step in location)
        {
            loc.Add(step);
        }

        if (position is { } offset)
        {
            loc.Add(offset);
        }

        var error = new JsonObject { ["loc"] = loc, ["msg"] = message, ["type"] = type };
        if (limit is { } bound)
        {
            error["ctx"] = new JsonObject { ["limit_value"] = bound };
        }

        _errors.Add(error);
    }
}
