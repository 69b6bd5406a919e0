using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Projections;

/// <summary>Writes the part of a post that is the same for all readers, and the part that is not.</summary>
internal static class PostJson
{
    // The relaxed encoder leaves letters of all languages as they are; the answers are never embedded in HTML.
    private static readonly PostSerializer Relaxed = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter() },
    });

    /// <summary>The JSON of a post without its closing brace, and a hash of it.</summary>
    public static (byte[] Json, ulong Hash) Write(PostResponse post)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(post with { Viewer = null }, Relaxed.PostResponse);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, digest);
        return (json[..^1], BinaryPrimitives.ReadUInt64LittleEndian(digest));
    }

    /// <summary>What closes the JSON of a post for a reader.</summary>
    public static byte[] EndingFor(PostFlags flags) => Prepared.Endings[(int)flags];

    /// <summary>The post as an object, for answers that hold more than posts.</summary>
    public static PostResponse Read(PostBody body, PostFlags flags)
    {
        var json = new byte[body.Json.Length + 1];
        body.Json.CopyTo(json, 0);
        json[^1] = (byte)'}';
        var post = JsonSerializer.Deserialize(json, Relaxed.PostResponse)!;
        return flags.HasFlag(PostFlags.SignedIn)
            ? post with { Viewer = new PostViewer(flags.HasFlag(PostFlags.Liked), flags.HasFlag(PostFlags.Bookmarked), flags.HasFlag(PostFlags.CanEdit)) }
            : post;
    }

    private static byte[] Ending(PostFlags flags)
    {
        if (!flags.HasFlag(PostFlags.SignedIn))
        {
            return "}"u8.ToArray();
        }

        var viewer = new PostViewer(flags.HasFlag(PostFlags.Liked), flags.HasFlag(PostFlags.Bookmarked), flags.HasFlag(PostFlags.CanEdit));
        return [.. ",\"viewer\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(viewer, PostSerializer.Default.PostViewer), .. "}"u8];
    }

    /// <summary>Apart, because fields here may be set before those of the generated part of this class, which they need.</summary>
    private static class Prepared
    {
        public static readonly byte[][] Endings = [.. Enumerable.Range(0, 16).Select(flags => Ending((PostFlags)flags))];
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PostResponse))]
internal sealed partial class PostSerializer : JsonSerializerContext;
