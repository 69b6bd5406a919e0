using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Outbox;

internal static class OutboxExtensions
{
    /// <summary>Registers the dispatcher and what wakes it. Handlers are added by the features that own them.</summary>
    public static void AddPampsOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutboxOptions>().BindConfiguration("Outbox").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<OutboxInterceptor>();
        builder.Services.ConfigureDbContext<PampsDbContext>((services, options) =>
            options.AddInterceptors(services.GetRequiredService<OutboxInterceptor>()));
        builder.Services.AddHostedService<OutboxDispatcher>();
    }

    /// <summary>Adds a side effect of an event. Its class name is stored with a message once it is done.</summary>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services)
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new EventSubscription(
            typeof(TEvent),
            typeof(THandler).Name,
            (provider, e, delivery, cancellationToken) =>
                provider.GetRequiredService<THandler>().HandleAsync((TEvent)e, delivery, cancellationToken)));
    }

    /// <summary>Adds the event to the context: it is committed with the change that caused it, by the same <c>SaveChangesAsync</c>, or not at all.</summary>
    public static void Publish(this PampsDbContext db, IEvent e)
    {
        var message = new OutboxMessage { Type = EventCatalog.NameOf(e), Payload = EventCatalog.Write(e) };
        OutboxInterceptor.Remember(message, e);
        db.OutboxMessages.Add(message);
    }

    /// <summary>
    /// Takes the next id of an entity before it is inserted, for an event that has to name it in the same
    /// <c>SaveChangesAsync</c>. Ids are not made in blocks (HiLo): newer has to be larger across all replicas.
    /// </summary>
    public static async Task<long> NextIdAsync<TEntity>(this PampsDbContext db, CancellationToken cancellationToken)
        where TEntity : class
    {
        var table = db.Model.FindEntityType(typeof(TEntity))!.GetTableName()!;
        return await db.Database
            .SqlQuery<long>($"""select nextval(pg_get_serial_sequence({table}, 'id')) as "Value" """)
            .SingleAsync(cancellationToken);
    }
}

/// <summary>One handler of one event.</summary>
internal sealed record EventSubscription(
    Type EventType, string Handler, Func<IServiceProvider, IEvent, OutboxDelivery, CancellationToken, Task> InvokeAsync);
