using Pamps.ApiService.Contracts;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>Tells who uploaded a file of debts that it is done.</summary>
internal sealed class NotifyOnImport(NotificationWriter notifications) : IEventHandler<ImportCompleted>
{
    public Task HandleAsync(ImportCompleted e, OutboxDelivery delivery, CancellationToken cancellationToken) =>
        e.AccountId is { } accountId
            ? notifications.WriteAsync(NotificationType.Import, [accountId], null, null, e.ImportId, $"import:{e.ImportId}", cancellationToken)
            : Task.CompletedTask;
}
