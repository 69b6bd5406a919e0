using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>An index that finds the newest like of each post among the notifications of somebody who has thousands.</summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261203000001_LikesIndex")]
internal sealed class LikesIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("ix_notifications_likes", "notifications", ["recipient_id", "post_id", "id"], filter: "type = 'like'", descending: [false, false, true]);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("ix_notifications_likes", "notifications");
}
