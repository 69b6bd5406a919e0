using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>Tells moderators of a new report, its reporter of its end, and whom it warned. Nobody learns from it who else was involved.</summary>
internal sealed class NotifyOnReport(PampsDbContext db, NotificationWriter notifications) : IEventHandler<ReportFiled>, IEventHandler<ReportResolved>
{
    public async Task HandleAsync(ReportFiled e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var moderators = await db.Accounts
            .Where(account => account.Role != AccountRole.User && account.SuspendedAt == null && account.DeletedAt == null)
            .Select(account => account.Id).ToListAsync(cancellationToken);
        await notifications.WriteAsync(NotificationType.Report, moderators, null, null, e.ReportId, $"report:{e.ReportId}:filed", cancellationToken);
    }

    public async Task HandleAsync(ReportResolved e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var ended = await db.Reports.Where(report => report.Id == e.ReportId)
            .Select(report => new { report.ReporterId, report.AccountId, report.PostId, report.Action }).SingleOrDefaultAsync(cancellationToken);
        if (ended is { Action: ReportAction.Warn, AccountId: { } warned })
        {
            await notifications.WriteAsync(NotificationType.Warning, [warned], null, ended.PostId, e.ReportId, $"report:{e.ReportId}:warned", cancellationToken);
        }

        if (ended?.ReporterId is { } reporter)
        {
            await notifications.WriteAsync(NotificationType.Report, [reporter], null, null, e.ReportId, $"report:{e.ReportId}:resolved", cancellationToken);
        }
    }
}
