using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>
/// What search stands on, in SQL that EF Core has no words for. A text becomes two vectors in one: the Portuguese
/// stemmer finds "informações" for "informação"; <c>pamps_plain</c>, without stemming and without accents, finds
/// "informacao". Unaccenting in front of the stemmer instead would lose the first: it only knows words with accents.
/// </summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261201000000_Search")]
internal sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create extension if not exists unaccent;
        create extension if not exists pg_trgm;

        create text search configuration pamps_plain (copy = simple);
        alter text search configuration pamps_plain
            alter mapping for asciihword, asciiword, hword, hword_asciipart, hword_part, word with unaccent, simple;

        -- Search of posts: search @@ (websearch_to_tsquery('portuguese', …) || websearch_to_tsquery('pamps_plain', …)).
        alter table posts add column search tsvector generated always as (
            to_tsvector('portuguese', coalesce(title, '') || ' ' || text) ||
            to_tsvector('pamps_plain', coalesce(title, '') || ' ' || text)) stored;
        create index ix_posts_search on posts using gin (search);

        -- Search of accounts, by any part of a name: username % … or username like '%…%'.
        create index ix_accounts_search on accounts using gin (username gin_trgm_ops, display_name gin_trgm_ops);
        """);

    // The extensions stay: they may have been there before, and somebody else may use them.
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        drop index ix_accounts_search;
        drop index ix_posts_search;
        alter table posts drop column search;
        drop text search configuration pamps_plain;
        """);
}
