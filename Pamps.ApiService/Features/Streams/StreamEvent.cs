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

    /// <summary>Who sent the file, if the account still exists.</summary>
    public long? SenderId { get; init; }

    public ImportCounts? Import { get; init; }

    public int? Count { get; init; }

    public bool? More { get; init; }

    public static StreamEvent Read(string json) => JsonSerializer.Deserialize<StreamEvent>(json, JsonSerializerOptions.Web)!;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>How far an import is; the names are those of the wire.</summary>
/// <param name="State"><c>received</c>, <c>processing</c> or <c>done</c>.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="BytesRead">How many of them have been read.</param>
/// <param name="RowsRead">Rows without the header.</param>
/// <param name="Accepted">Rows that became debts.</param>
/// <param name="Duplicates">Rows whose debt was known.</param>
/// <param name="Rejected">Rows that are no debts.</param>
/// <param name="Issued">Debts with a boleto.</param>
/// <param name="Mailed">Debts whose debtor was mailed.</param>
/// <param name="Failed">Debts in the state <c>error</c>.</param>
internal sealed record ImportCounts(
    string State, long Bytes, long BytesRead, long RowsRead, long Accepted, long Duplicates, long Rejected, long Issued, long Mailed, long Failed);
