using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.Property(session => session.Client).HasMaxLength(200);
        builder.Property(session => session.Scope).HasMaxLength(1000);
        // The list of one's sessions, and signing out everywhere.
        builder.HasIndex(session => session.AccountId);
        builder.HasOne(session => session.Account).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
