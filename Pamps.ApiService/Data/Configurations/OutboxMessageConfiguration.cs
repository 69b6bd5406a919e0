using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.Property(message => message.Type).HasMaxLength(60);
        builder.Property(message => message.Payload).HasColumnType("jsonb");
        builder.Property(message => message.Error).HasMaxLength(2000);
        builder.Property(message => message.TraceParent).HasMaxLength(60);
        // The claim of the next messages.
        builder.HasIndex(message => new { message.AvailableAt, message.Id }).HasFilter("dead_at is null");
    }
}
