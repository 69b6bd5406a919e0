using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>
/// Makes an export in steps of some hundred rows. After each step the place is saved, so a process that dies costs one
/// step; a step done twice writes the same piece.
/// </summary>
internal sealed class BuildExport(PampsDbContext db, IOptions<AccountOptions> options, TimeProvider clock) : IEventHandler<ExportRequested>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter(), new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task HandleAsync(ExportRequested e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var export = await db.AccountExports.SingleOrDefaultAsync(export => export.Id == e.ExportId, cancellationToken);
        if (export is null or { State: ExportStates.Ready or ExportStates.Expired })
        {
            return;
        }

        export.State = ExportStates.Running;
        await db.SaveChangesAsync(cancellationToken);

        var (section, after) = Place(delivery.Cursor);
        while (section < ExportSections.All.Count)
        {
            var last = await WritePartAsync(export, ExportSections.All[section], after, cancellationToken);
            (section, after) = last is { } key ? (section, key) : (section + 1, 0);
            export.Progress = section * 100 / ExportSections.All.Count;
            await db.SaveChangesAsync(cancellationToken);
            await delivery.SaveAsync(string.Create(CultureInfo.InvariantCulture, $"{section}:{after}"), export.Progress, cancellationToken);
        }

        export.State = ExportStates.Ready;
        export.Progress = 100;
        export.CompletedAt = clock.GetUtcNow();
        export.ExpiresAt = export.CompletedAt + options.Value.ExportKept;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes one piece; returns the key where the next begins, or null when the section has ended.</summary>
    private async Task<long?> WritePartAsync(AccountExport export, ExportSection section, long after, CancellationToken cancellationToken)
    {
        var rows = await section.ReadAsync(db, export.AccountId, after, options.Value.StepRows, cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(rows.ConvertAll(row => row.Value), Json);
        // Without the brackets: the pieces of a section become one list.
        var piece = json[1..^1];
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into account_export_parts (export_id, section, after_key, json) values ({export.Id}, {section.Name}, {after}, {piece})
            on conflict (export_id, section, after_key) do update set json = excluded.json
            """,
            cancellationToken);
        return rows[^1].Key;
    }

    private static (int Section, long After) Place(string? cursor)
    {
        var parts = (cursor ?? "0:0").Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
