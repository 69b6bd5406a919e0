using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>Tells moderators of a new report, and its reporter of its end. Neither learns from it who else was involved.</summary>
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
        var reporterId = await db.Reports.Where(report => report.Id == e.ReportId).Select(report => report.ReporterId).SingleOrDefaultAsync(cancellationToken);
        if (reporterId is { } reporter)
        {
            await notifications.WriteAsync(NotificationType.Report, [reporter], null, null, e.ReportId, $"report:{e.ReportId}:resolved", cancellationToken);
        }
    }
}
