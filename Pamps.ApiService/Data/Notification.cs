using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data;

/// <summary>Something that happened to an account; unique by recipient, type and subject, so that retries and repeated likes make one.</summary>
internal sealed class Notification
{
    public long Id { get; set; }

    public long RecipientId { get; set; }

    public Account Recipient { get; set; } = null!;

    public NotificationType Type { get; set; }

    /// <summary>What makes it unique, such as <c>post:7:account:3</c>.</summary>
    public required string Subject { get; set; }

    public long? ActorId { get; set; }

    public Account? Actor { get; set; }

    public long? PostId { get; set; }

    public Post? Post { get; set; }

    /// <summary>The report or import it is about.</summary>
    public long? SubjectId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ReadAt { get; set; }
}
