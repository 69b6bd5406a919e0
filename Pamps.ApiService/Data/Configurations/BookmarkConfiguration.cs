using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BookmarkConfiguration : IEntityTypeConfiguration<Bookmark>
{
    public void Configure(EntityTypeBuilder<Bookmark> builder)
    {
        // One bookmark per account and post, and the state of a reader on a page of posts.
        builder.HasIndex(bookmark => new { bookmark.AccountId, bookmark.PostId }).IsUnique();
        // One's bookmarks, newest first.
        builder.HasIndex(bookmark => new { bookmark.AccountId, bookmark.Id }).IsDescending(false, true);
        builder.HasOne(bookmark => bookmark.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(bookmark => bookmark.Post).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
