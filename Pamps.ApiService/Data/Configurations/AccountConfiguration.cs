using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.Property(account => account.Username).HasMaxLength(AccountLimits.UsernameMax);
        builder.Property(account => account.Email).HasMaxLength(AccountLimits.EmailMax);
        builder.Property(account => account.EmailNormalized).HasMaxLength(AccountLimits.EmailMax);
        builder.Property(account => account.PasswordHash).HasMaxLength(256);
        builder.Property(account => account.DisplayName).HasMaxLength(AccountLimits.DisplayNameMax);
        builder.Property(account => account.Bio).HasMaxLength(AccountLimits.BioMax);
        builder.Property(account => account.AvatarUrl).HasMaxLength(AccountLimits.UrlMax);
        builder.Property(account => account.Language).HasMaxLength(10);
        builder.Property(account => account.SuspensionReason).HasMaxLength(ReportLimits.NoteMax);
        // Sign-in and every look-up by name; two racing registrations are settled here.
        builder.HasIndex(account => account.Username).IsUnique();
        builder.HasIndex(account => account.EmailNormalized).IsUnique();
        // The purge of accounts whose grace time is over.
        builder.HasIndex(account => account.DeletedAt).HasFilter("deleted_at is not null and purged_at is null");
    }
}
