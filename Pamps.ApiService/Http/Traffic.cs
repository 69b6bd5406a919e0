namespace Pamps.ApiService.Http;

/// <summary>Knows whether people are being served just now, so that work which can wait leaves room for them.</summary>
internal sealed class Traffic(TimeProvider clock)
{
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(1);

    // Probes, and whoever waits for debts to be stored.
    private static readonly string[] NobodyElse = ["/health", "/alive", "/api/v1/billing", "/process-file"];

    private long _last;

    /// <summary>Whether nobody has asked this replica for anything within a second.</summary>
    public bool IsQuiet => Volatile.Read(ref _last) is var last && (last == 0 || clock.GetElapsedTime(last) > Recently);

    /// <summary>Takes note of a request, unless it is one of billing or a probe.</summary>
    public Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (!Array.Exists(NobodyElse, prefix => context.Request.Path.StartsWithSegments(prefix)))
        {
            Volatile.Write(ref _last, clock.GetTimestamp());
        }

        return next(context);
    }
}
