using System.Globalization;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Streams;

/// <summary>What a stream is about: <c>home,public,notifications,tag:café,imports,import:7</c>.</summary>
internal sealed class StreamTopics
{
    private const int Max = 10;

    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly HashSet<long> _imports = [];
    private bool _home;
    private bool _public;
    private bool _notifications;
    private bool _allImports;

    /// <summary>Whether the caller may read what others sent: the scope; who works with billing is looked up when something is told.</summary>
    public bool MayReadBilling { get; set; }

    /// <summary>Whether posts can concern it.</summary>
    public bool WantsPosts => _home || _public || _tags.Count > 0;

    /// <summary>Whether what happens to the account can concern it.</summary>
    public bool WantsAccount => _notifications || _allImports || _imports.Count > 0;

    /// <summary>Whether notifications concern it.</summary>
    public bool WantsNotifications => _notifications;

    /// <summary>Reads topics, separated by commas; false when one of them is none.</summary>
    public static bool TryParse(string text, out StreamTopics topics)
    {
        topics = new StreamTopics();
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            switch (name)
            {
                case "home":
                    topics._home = true;
                    break;
                case "public":
                    topics._public = true;
                    break;
                case "notifications":
                    topics._notifications = true;
                    break;
                case "imports":
                    topics._allImports = true;
                    break;
                case var tag when tag.StartsWith("tag:", StringComparison.Ordinal) && tag.Length > 4:
                    topics._tags.Add(tag[4..].TrimStart('#').ToLowerInvariant());
                    break;
                case var import when import.StartsWith("import:", StringComparison.Ordinal) &&
                    long.TryParse(import.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var id):
                    topics._imports.Add(id);
                    break;
                default:
                    return false;
            }
        }

        return names.Length is > 0 and <= Max;
    }

    /// <summary>Whether the reader of the stream shall hear of it, as the reader stands now: blocks and mutes are applied here.</summary>
    public bool Includes(StreamEvent e, Reader reader, DateTimeOffset now)
    {
        if (e.AuthorId is not { } author)
        {
            return e.Type is not "import" ? _notifications
                : e.ImportId is { } import && (_allImports || _imports.Contains(import)) && (MayReadBilling || e.SenderId == reader.Id);
        }

        if (author != reader.Id && (reader.IsBlocked(author) || reader.IsMuted(author, now)))
        {
            return false;
        }

        return (_home && e.ParentId is null && (author == reader.Id || reader.Follows(author))) ||
            (_public && e.ParentId is null) ||
            e.Tags.Any(_tags.Contains);
    }
}
