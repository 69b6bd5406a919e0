using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>The index of unread notifications gets their order: who has thousands of them is counted to a hundred without reading the rest.</summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261203000000_UnreadIndex")]
internal sealed class UnreadIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_notifications_unread", "notifications");
        migrationBuilder.CreateIndex("ix_notifications_unread", "notifications", ["recipient_id", "id"], filter: "read_at is null", descending: [false, true]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_notifications_unread", "notifications");
        migrationBuilder.CreateIndex("ix_notifications_unread", "notifications", "recipient_id", filter: "read_at is null");
    }
}
