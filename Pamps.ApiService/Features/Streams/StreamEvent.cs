using System.Text.Json;

namespace Pamps.ApiService.Features.Streams;

/// <summary>An event as it is kept: ids and counts only, so that whoever reads it looks up what the reader may see then.</summary>
internal sealed record StreamEvent
{
    /// <summary><c>post</c>, <c>post.updated</c>, <c>post.deleted</c>, <c>notification</c>, <c>unread</c> or <c>import</c>.</summary>
    public required string Type { get; init; }

    public long? PostId { get; init; }

    public long? AuthorId { get; init; }

    public long? ParentId { get; init; }

    /// <summary>Folded.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public long? NotificationId { get; init; }

    public long? ImportId { get; init; }

    public int? Count { get; init; }

    public bool? More { get; init; }

    public static StreamEvent Read(string json) => JsonSerializer.Deserialize<StreamEvent>(json, JsonSerializerOptions.Web)!;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
