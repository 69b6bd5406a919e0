using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

internal static class DownloadExport
{
    /// <summary>Sends a finished export as a ZIP archive of JSON files, one per kind of thing.</summary>
    /// <param name="exportId">The export.</param>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> HandleAsync(
        long exportId, PampsDbContext db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        var export = await db.AccountExports.AsNoTracking()
            .SingleOrDefaultAsync(export => export.Id == exportId && export.AccountId == user.RequiredId, cancellationToken);
        if (export is null)
        {
            return Problems.NotFound();
        }

        if (export.State != ExportStates.Ready || export.ExpiresAt <= clock.GetUtcNow())
        {
            return export.State is ExportStates.Ready or ExportStates.Expired
                ? Problems.Gone()
                : Problems.Conflict(detail: $"The export is {export.State}.");
        }

        // The archive ends its entries with a few bytes that it does not write asynchronously.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(
            stream => WriteAsync(db, exportId, stream, http.RequestAborted), "application/zip", $"pamps-export-{WireId.Format(exportId)}.zip");
    }

    /// <summary>Puts the archive together piece by piece: an export may be larger than the memory.</summary>
    private static async Task WriteAsync(PampsDbContext db, long exportId, Stream stream, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var section in ExportSections.All)
        {
            var entry = archive.CreateEntry($"{section.Name}.json", CompressionLevel.Fastest);
            await using var content = await entry.OpenAsync(cancellationToken);
            await content.WriteAsync("["u8.ToArray(), cancellationToken);
            var first = true;
            await foreach (var json in db.AccountExportParts.AsNoTracking()
                .Where(part => part.ExportId == exportId && part.Section == section.Name)
                .OrderBy(part => part.AfterKey)
                .Select(part => part.Json)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken))
            {
                if (!first)
                {
                    await content.WriteAsync(",\n"u8.ToArray(), cancellationToken);
                }

                first = false;
                await content.WriteAsync(json, cancellationToken);
            }

            await content.WriteAsync("]\n"u8.ToArray(), cancellationToken);
        }
    }
}
