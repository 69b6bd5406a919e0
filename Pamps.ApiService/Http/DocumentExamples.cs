using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Pamps.ApiService.Http;

/// <summary>
/// Examples for the document, made from the types themselves, so that none is ever forgotten or out of date. Members
/// with a telling name get a telling value; the rest is filled by type.
/// </summary>
internal static class DocumentExamples
{
    private const int Deepest = 6;

    private static readonly Dictionary<string, JsonNode> ByName = new()
    {
        ["id"] = "4711",
        ["postId"] = "4711",
        ["parentId"] = "4690",
        ["accountId"] = "42",
        ["commentId"] = "77",
        ["lastReadId"] = "4711",
        ["upToId"] = "311",
        ["subjectId"] = "9",
        ["username"] = "ana",
        ["displayName"] = "Ana Souza",
        ["email"] = "ana@example.org",
        ["password"] = "correct horse battery",
        ["currentPassword"] = "correct horse battery",
        ["newPassword"] = "staple battery horse",
        ["bio"] = "Escrevo sobre cidades e bicicletas.",
        ["avatarUrl"] = "https://example.org/ana.png",
        ["language"] = "pt-BR",
        ["lang"] = "pt",
        ["text"] = "Bom dia, #SãoPaulo! Olá, @bia.",
        ["title"] = "Bom dia",
        ["name"] = "Pamps",
        ["note"] = "Three times today.",
        ["reason"] = "spam",
        ["resolution"] = "Advertising was removed.",
        ["version"] = 1,
        ["likeCount"] = 3,
        ["replyCount"] = 1,
        ["postCount"] = 12,
        ["followerCount"] = 34,
        ["followingCount"] = 21,
        ["count"] = 2,
        ["client"] = "Firefox on Linux",
        ["prefix"] = "3f9a1c0b",
        ["key"] = "pamps_3f9a1c0b_ZXhhbXBsZS1leGFtcGxlLWV4YW1wbGUtZXhhbXBsZS0",
        ["state"] = "ready",
        ["progress"] = 100,
        ["downloadUrl"] = "/api/v1/me/exports/5/file",
        ["access_token"] = "eyJhbGciOi…",
        ["token_type"] = "Bearer",
        ["expires_in"] = 900,
        ["refresh_token"] = "ECqhMv3bWJ1qSa8GXuA2…",
        ["scope"] = "read write",
        ["nextCursor"] = "MXxwb3N0c3xufDQ3MTF8",
        ["prevCursor"] = "MXxwb3N0c3xwfDQ3MzB8",
        ["contentId"] = "https://example.org/posts/1",
        ["from"] = "https://example.org/old",
        ["to"] = "https://example.org/new",
        ["authorName"] = "Bia",
        ["authorEmail"] = "bia@example.org",
        ["action"] = "account.suspend",
        ["target"] = "account:42",
        ["expiresIn"] = 3600,
        ["createdAt"] = "2026-11-21T06:25:44.595Z",
        ["type"] = "posts",
        ["feed"] = "home",
    };

    // The one file that the API takes.
    private const string File = "debtId,name,governmentId,email,debtAmount,debtDueDate\n1adb6ccf,Maria Souza,11144477735,maria@example.org,10.50,2031-01-31\n";

    private static readonly Dictionary<string, JsonNode> ListsByName = new()
    {
        ["scopes"] = new JsonArray("read:posts", "write:posts"),
        ["tags"] = new JsonArray("SãoPaulo"),
        ["mentions"] = new JsonArray("bia"),
        ["links"] = new JsonArray("https://example.org"),
        ["languages"] = new JsonArray("pt-BR", "en"),
        ["ids"] = new JsonArray("311", "312"),
    };

    /// <summary>An example of a type as it travels.</summary>
    /// <param name="type">The type.</param>
    /// <param name="options">How it is written.</param>
    public static JsonNode? Of(Type type, JsonSerializerOptions options) =>
        type == typeof(Stream) ? File : Make(options.GetTypeInfo(type), name: null, depth: 0);

    private static JsonNode? Make(JsonTypeInfo type, string? name, int depth)
    {
        if (depth > Deepest)
        {
            return null;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                var example = new JsonObject();
                foreach (var property in type.Properties)
                {
                    if (Make(type.Options.GetTypeInfo(property.PropertyType), property.Name, depth + 1) is { } value)
                    {
                        example[property.Name] = value;
                    }
                }

                return example;
            case JsonTypeInfoKind.Enumerable when name is not null && ListsByName.TryGetValue(name, out var list):
                return list.DeepClone();
            case JsonTypeInfoKind.Enumerable:
                return Make(type.Options.GetTypeInfo(type.ElementType!), name: null, depth + 1) is { } item ? new JsonArray(item) : new JsonArray();
            case JsonTypeInfoKind.Dictionary:
                return new JsonObject { ["https://example.org/posts/1"] = Make(type.Options.GetTypeInfo(type.ElementType!), name: "count", depth + 1) };
            default:
                return Scalar(type, name);
        }
    }

    private static JsonNode? Scalar(JsonTypeInfo type, string? name)
    {
        var bare = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (bare.IsEnum)
        {
            return JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(bare)[0]);
        }

        var known = name is not null && ByName.TryGetValue(name, out var value) ? value : null;
        return Type.GetTypeCode(bare) switch
        {
            TypeCode.String => known?.GetValueKind() is JsonValueKind.String ? known.DeepClone() : "…",
            TypeCode.Boolean => false,
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.Int16 => known?.GetValueKind() is JsonValueKind.Number ? known.DeepClone() : 1,
            TypeCode.Double or TypeCode.Single or TypeCode.Decimal => 1.5,
            _ when bare == typeof(DateTimeOffset) => "2026-11-21T06:25:44.595Z",
            _ when bare == typeof(DateOnly) => "2026-11-21",
            _ => null,
        };
    }
}
