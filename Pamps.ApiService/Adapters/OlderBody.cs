using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Adapters;

/// <summary>Reads the JSON object in the body of a request; what cannot be used at all is one error at <c>body</c>.</summary>
internal static class OlderBody
{
    /// <summary>Largest JSON body of an older API; the longest field takes 10,000 characters.</summary>
    public const int Max = 1 << 20;

    /// <summary>Reads it. A body without a content type counts as JSON, one of another type is an error.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Where to say what is wrong.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The object, or null; and whether the body was too large, which is a 413.</returns>
    public static async Task<(JsonElement? Object, bool TooLarge)> ReadAsync(HttpRequest request, OlderErrors errors, CancellationToken cancellationToken)
    {
        if (await ReadBytesAsync(request.Body, cancellationToken) is not { } bytes)
        {
            return (Refuse(errors, "the body is too large", "value_error"), true);
        }

        return (bytes.Length == 0 ? Refuse(errors, "field required", OlderErrors.Missing)
            : !IsJson(request.ContentType) ? Refuse(errors, "value is not a valid dict", "type_error.dict")
            : Parse(bytes, errors), false);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> bytes, OlderErrors errors)
    {
        JsonElement body;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            body = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            errors.Add(["body"], exception.Message, "value_error.jsondecode", Position(bytes, exception));
            return null;
        }

        return body.ValueKind switch
        {
            JsonValueKind.Object => body,
            JsonValueKind.Null => Refuse(errors, "field required", OlderErrors.Missing),
            _ => Refuse(errors, "value is not a valid dict", "type_error.dict"),
        };
    }

    private static JsonElement? Refuse(OlderErrors errors, string message, string type)
    {
        errors.Add(["body"], message, type);
        return null;
    }

    private static bool IsJson(string? contentType) =>
        string.IsNullOrWhiteSpace(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))));

    /// <summary>All bytes without a byte-order mark; null when there are too many.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var block = new byte[8_192];
        int read;
        while ((read = await body.ReadAsync(block, cancellationToken)) > 0)
        {
            if (buffer.Length + read > Max)
            {
                return null;
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
}
