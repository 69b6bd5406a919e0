using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class MuteConfiguration : IEntityTypeConfiguration<Mute>
{
    public void Configure(EntityTypeBuilder<Mute> builder)
    {
        // One mute per pair.
        builder.HasIndex(mute => new { mute.MuterId, mute.MutedId }).IsUnique();
        builder.HasOne(mute => mute.Muter).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(mute => mute.Muted).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
