using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class FollowConfiguration : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> builder)
    {
        // One follow per pair, and whom a reader follows.
        builder.HasIndex(follow => new { follow.FollowerId, follow.FolloweeId }).IsUnique();
        // The lists of followers and of followed accounts, newest first; fan-out walks the first.
        builder.HasIndex(follow => new { follow.FolloweeId, follow.Id }).IsDescending(false, true);
        builder.HasIndex(follow => new { follow.FollowerId, follow.Id }).IsDescending(false, true);
        builder.HasOne(follow => follow.Follower).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(follow => follow.Followee).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
