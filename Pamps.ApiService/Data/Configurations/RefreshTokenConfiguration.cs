using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        // The look-up of a presented token.
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne(token => token.Session).WithMany(session => session.RefreshTokens).OnDelete(DeleteBehavior.Cascade);
    }
}
