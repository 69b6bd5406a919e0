using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>Why a debt failed has a code beside its sentence: programs and other languages go by it. Debts of before get theirs by their sentences.</summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261203000010_BoletoErrorCodes")]
internal sealed class BoletoErrorCodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("error_code", "boletos", "character varying(40)", maxLength: 40, nullable: true);
        migrationBuilder.Sql("""
            update boletos set error_code = case
                when error like 'The due date cannot be carried by a boleto%' then 'due_date_out_of_range'
                when error = 'The numbers of the bank account are used up.' then 'numbers_used_up'
                when error = 'The mail address cannot be used.' then 'address_unusable'
                when error like 'The mail server refused the mail with %' then 'mail_refused'
                when error like 'The mail bounced (%' then 'mail_bounced'
                else 'mail_failed' end
            where error is not null;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("error_code", "boletos");
}
