using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>What is wrong with a refused row has a code beside its phrase: programs and other languages go by it. Rows of before get theirs by their phrases.</summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261202000004_RowCodes")]
internal sealed class RowCodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string[]>("codes", "boleto_rejections", "text[]", nullable: false, defaultValueSql: "'{}'");
        migrationBuilder.Sql("""
            update boleto_rejections set codes = array(
                select case
                    when reason = 'is missing' then 'missing'
                    when reason = 'is not valid UTF-8' then 'not_utf8'
                    when reason like 'is longer than %' then 'too_long'
                    when reason = 'has a line break or another control character' then 'control_character'
                    when reason = 'has other characters than those of a CPF or CNPJ' then 'not_a_government_id'
                    when reason = 'is not an amount like 1234.56' then 'not_an_amount'
                    when reason = 'is negative' then 'negative'
                    when reason = 'is zero' then 'zero'
                    when reason = 'has more than two decimals' then 'too_many_decimals'
                    when reason like 'is larger than %' then 'amount_too_large'
                    when reason = 'is not a date like 2026-12-31' then 'not_a_date'
                    when reason like 'the row has %' then 'too_many_cells'
                    when reason = 'there is text after a closing quote' then 'text_after_quote'
                    when reason like 'the line is longer %' then 'line_too_long'
                    else 'unclosed_quote' end
                from unnest(reasons) with ordinality as r (reason, place) order by place);
            alter table boleto_rejections alter column codes drop default;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("codes", "boleto_rejections");
}
