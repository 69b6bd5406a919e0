using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Reports;

internal static class ReportEndpoints
{
    /// <summary>Maps reports and the work of moderators.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/api/v1/reports").WithTags("Reports");
        reports.MapPost("/", FileReport.HandleAsync).WithName(nameof(FileReport)).RequireScope(Scopes.WriteReports).Idempotent()
            .Refuses(ProblemCodes.NotFound, ProblemCodes.Conflict);
        reports.MapGet("/{reportId:long}", GetReport.HandleAsync).WithName(nameof(GetReport)).RequireScope(Scopes.ReadAccount);

        var read = routes.MapGroup("/api/v1/admin").WithTags("Moderation").RequireModerator().RequireScope(Scopes.AdminRead);
        read.MapGet("/reports", ListReports.HandleAsync).WithName(nameof(ListReports)).Refuses(ProblemCodes.ValidationFailed);
        read.MapGet("/audit", ListAudit.HandleAsync).WithName(nameof(ListAudit)).Refuses(ProblemCodes.ValidationFailed);

        var write = routes.MapGroup("/api/v1/admin").WithTags("Moderation").RequireModerator().RequireScope(Scopes.AdminWrite);
        write.MapPost("/reports/{reportId:long}/resolve", ResolveReport.HandleAsync).WithName(nameof(ResolveReport)).Refuses(ProblemCodes.Conflict);
        write.MapPut("/accounts/{username}/suspension", SuspendAccount.HandleAsync).WithName(nameof(SuspendAccount));
        write.MapDelete("/accounts/{username}/suspension", SuspendAccount.HandleLiftAsync).WithName("LiftSuspension");
        write.MapPut("/posts/{postId:long}/hidden", HideContent.HidePostAsync).WithName("HidePost");
        write.MapDelete("/posts/{postId:long}/hidden", HideContent.ShowPostAsync).WithName("ShowPost");
        write.MapPut("/comments/{commentId:long}/hidden", HideContent.HideCommentAsync).WithName("HideComment");
        write.MapDelete("/comments/{commentId:long}/hidden", HideContent.ShowCommentAsync).WithName("ShowComment");
    }
}
