using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pamps.MigrationService.Migrations
{
    /// <inheritdoc />
    public partial class HomeIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_posts_home",
                table: "posts",
                columns: new[] { "author_id", "id" },
                descending: new[] { false, true },
                filter: "parent_id is null and published and deleted_at is null and hidden_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_posts_home",
                table: "posts");
        }
    }
}
