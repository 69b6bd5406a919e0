using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>
/// Chunks of uploaded files are written once, read once and deleted: to compress them, as Postgres does by itself, would
/// cost more than all the rest of an upload.
/// </summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261201000002_Billing")]
internal sealed class Billing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("alter table boleto_import_chunks alter column data set storage external;");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("alter table boleto_import_chunks alter column data set storage extended;");
}
