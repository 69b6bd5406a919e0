using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class ContentThreadConfiguration : IEntityTypeConfiguration<ContentThread>
{
    public void Configure(EntityTypeBuilder<ContentThread> builder)
    {
        builder.Property(thread => thread.ContentId).HasMaxLength(CommentLimits.ContentIdMax);
        // The look-up by content id; two racing first comments create one thread.
        builder.HasIndex(thread => thread.ContentId).IsUnique();
        builder.HasOne(thread => thread.MovedTo).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
