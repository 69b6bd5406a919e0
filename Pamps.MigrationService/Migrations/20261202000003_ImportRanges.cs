using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>
/// An import knows the first and the last id of its debts, instead of an index of all debts by import: that index was a
/// fifth of what storing a debt cost.
/// </summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261202000003_ImportRanges")]
internal sealed class ImportRanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("first_boleto_id", "boleto_imports", "bigint", nullable: true);
        migrationBuilder.AddColumn<long>("last_boleto_id", "boleto_imports", "bigint", nullable: true);
        migrationBuilder.Sql("""
            update boleto_imports i set first_boleto_id = b.first, last_boleto_id = b.last
            from (select import_id, min(id) as first, max(id) as last from boletos group by import_id) b where b.import_id = i.id;
            """);
        migrationBuilder.DropIndex("ix_boletos_import_id_id", "boletos");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex("ix_boletos_import_id_id", "boletos", ["import_id", "id"]);
        migrationBuilder.DropColumn("first_boleto_id", "boleto_imports");
        migrationBuilder.DropColumn("last_boleto_id", "boleto_imports");
    }
}
