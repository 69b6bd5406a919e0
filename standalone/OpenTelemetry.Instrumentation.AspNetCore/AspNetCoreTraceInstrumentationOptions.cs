using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>What to trace of incoming requests.</summary>
public class AspNetCoreTraceInstrumentationOptions
{
    /// <summary>Answers whether a request is traced; all are when it is null. A filter that throws traces nothing.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }
}
