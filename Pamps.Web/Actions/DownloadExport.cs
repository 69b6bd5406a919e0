using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Actions;

/// <summary>Hands on the file of an export: the browser has no token to ask the API for it.</summary>
internal static class DownloadExport
{
    /// <summary>Streams the file through, never whole in memory.</summary>
    public static async Task<IResult> HandleAsync(string exportId, HttpContext context, MeClient me, ActionAnswer answer)
    {
        var file = await me.DownloadExportAsync(exportId, context.RequestAborted);
        if (file is null)
        {
            return await answer.FailedAsync(ApiProblem.Unreachable());
        }

        context.Response.RegisterForDispose(file);
        return file.IsSuccessStatusCode
            ? TypedResults.Stream(await file.Content.ReadAsStreamAsync(context.RequestAborted), "application/zip", $"pamps-{exportId}.zip")
            : await answer.FailedAsync(new((int)file.StatusCode, ProblemCodes.NotFound, null));
    }
}
