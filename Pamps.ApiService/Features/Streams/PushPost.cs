using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Streams;

/// <summary>Tells open streams of new, reworded and vanished posts.</summary>
internal sealed class PushPost(PampsDbContext db, StreamStore store) : IEventHandler<PostCreated>, IEventHandler<PostEdited>, IEventHandler<PostRemoved>
{
    public Task HandleAsync(PostCreated e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushAsync("post", e.PostId, cancellationToken);

    public Task HandleAsync(PostEdited e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushAsync("post.updated", e.PostId, cancellationToken);

    public Task HandleAsync(PostRemoved e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushAsync("post.deleted", e.PostId, cancellationToken);

    private async Task PushAsync(string type, long postId, CancellationToken cancellationToken)
    {
        var post = await db.Posts.Where(post => post.Id == postId)
            .Select(post => new
            {
                post.AuthorId,
                post.ParentId,
                Visible = post.Published && post.DeletedAt == null && post.HiddenAt == null,
                Tags = post.PostTags.Select(tag => tag.Tag.Name).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);

        // What has changed its state since has an event of its own on the way; a draft concerns nobody.
        if (post is not null && post.Visible == (type is not "post.deleted"))
        {
            var e = new StreamEvent { Type = type, PostId = postId, AuthorId = post.AuthorId, ParentId = post.ParentId, Tags = post.Tags };
            await store.AppendAsync(StreamStore.Posts, e.Write());
        }
    }
}
