using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data;

/// <summary>The comments on one piece of outside content; born with the first comment or the first setting.</summary>
internal sealed class ContentThread
{
    public long Id { get; set; }

    /// <summary>The canonical content id.</summary>
    public required string ContentId { get; set; }

    public ContentThreadState State { get; set; }

    /// <summary>Where it went when its page changed its address.</summary>
    public long? MovedToId { get; set; }

    public ContentThread? MovedTo { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
