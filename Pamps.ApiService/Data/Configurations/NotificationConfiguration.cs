using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.Property(notification => notification.Subject).HasMaxLength(100);
        // Retries and repeated likes make one row.
        builder.HasIndex(notification => new { notification.RecipientId, notification.Type, notification.Subject }).IsUnique();
        // The list, newest first.
        builder.HasIndex(notification => new { notification.RecipientId, notification.Id }).IsDescending(false, true);
        // The unread count, the newest first up to its bound.
        builder.HasIndex(notification => new { notification.RecipientId, notification.Id }, "ix_notifications_unread")
            .IsDescending(false, true).HasFilter("read_at is null");
        // Likes of one post are one entry, which stands where the newest of them does.
        builder.HasIndex(notification => new { notification.RecipientId, notification.PostId, notification.Id }, "ix_notifications_likes")
            .IsDescending(false, false, true).HasFilter("type = 'like'");
        builder.HasOne(notification => notification.Recipient).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(notification => notification.Actor).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(notification => notification.Post).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
