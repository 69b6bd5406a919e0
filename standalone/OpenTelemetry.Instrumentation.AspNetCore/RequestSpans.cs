using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// Names the span that ASP.NET Core makes for each request and gives it the attributes of OpenTelemetry's semantic
/// conventions for HTTP servers (https://opentelemetry.io/docs/specs/semconv/http/http-spans/): ASP.NET Core 10 itself
/// gives it none. The host announces start and end on its diagnostic listener, outside of every middleware and
/// before the span is handed to the exporter, which is exactly where they can still be set.
/// <para>The query string is left out: it may hold what people typed.</para>
/// </summary>
internal sealed class RequestSpans : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Span = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string SpanStart = Span + ".Start";
    private const string SpanStop = Span + ".Stop";

    private static readonly FrozenSet<string> KnownMethods =
        FrozenSet.Create("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");

    private readonly AspNetCoreTraceInstrumentationOptions _options;
    private readonly IDisposable? _subscription;

    public RequestSpans(AspNetCoreTraceInstrumentationOptions options, DiagnosticListener? listener)
    {
        _options = options;
        _subscription = listener?.Subscribe(this, (name, _, _) => name is Span or SpanStart or SpanStop);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context)
        {
            return;
        }

        // The feature is set after the start is announced; at the end something else may be current.
        if (value.Key is SpanStart && Activity.Current is { OperationName: Span, IsAllDataRequested: true } started)
        {
            Start(started, context);
        }
        else if (value.Key is SpanStop && context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } ended)
        {
            Stop(ended, context);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription?.Dispose();

    private void Start(Activity span, HttpContext context)
    {
        if (!IsWanted(context))
        {
            span.IsAllDataRequested = false;

            // Samplers follow their parent: without this flag nothing below the request is exported either.
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        var request = context.Request;
        span.DisplayName = Method(request);
        span.SetTag("http.request.method", Method(request));
        if (Method(request) != request.Method)
        {
            span.SetTag("http.request.method_original", request.Method);
        }

        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", (request.PathBase + request.Path).Value);
        span.SetTag("server.address", request.Host.Host);
        if (request.Host.Port is { } port)
        {
            span.SetTag("server.port", port);
        }

        if (request.Protocol.StartsWith("HTTP/", StringComparison.Ordinal))
        {
            span.SetTag("network.protocol.version", Version(request.Protocol));
        }

        if (request.Headers.UserAgent is { Count: > 0 } agent)
        {
            span.SetTag("user_agent.original", agent.ToString());
        }
    }

    private static void Stop(Activity span, HttpContext context)
    {
        // After an error page the context holds the page's endpoint; the feature remembers the one that failed.
        var failure = context.Features.Get<IExceptionHandlerFeature>();
        if (Route(failure?.Endpoint ?? context.GetEndpoint()) is { } route)
        {
            span.DisplayName = $"{Method(context.Request)} {route}";
            span.SetTag("http.route", route);
        }

        var status = context.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", failure?.Error.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private bool IsWanted(HttpContext context)
    {
        try
        {
            return _options.Filter?.Invoke(context) ?? true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string? Route(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText;

    private static string Method(HttpRequest request) => KnownMethods.Contains(request.Method) ? request.Method : "_OTHER";

    private static string Version(string protocol) => protocol["HTTP/".Length..] switch
    {
        "2.0" => "2",
        "3.0" => "3",
        var version => version,
    };
}
