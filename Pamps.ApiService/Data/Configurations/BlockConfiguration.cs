using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BlockConfiguration : IEntityTypeConfiguration<Block>
{
    public void Configure(EntityTypeBuilder<Block> builder)
    {
        // One block per pair; the second index answers the other direction.
        builder.HasIndex(block => new { block.BlockerId, block.BlockedId }).IsUnique();
        builder.HasIndex(block => new { block.BlockedId, block.BlockerId });
        builder.HasOne(block => block.Blocker).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(block => block.Blocked).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
