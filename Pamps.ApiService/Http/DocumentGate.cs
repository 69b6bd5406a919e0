using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>Asks for a name and a password (RFC 7617) before the document and its pages, where they are configured.</summary>
internal sealed class DocumentGate(RequestDelegate next, IOptions<DocumentOptions> options)
{
    private static readonly PathString[] Paths = ["/docs", "/redoc", "/openapi", Documents.Address];

    public Task InvokeAsync(HttpContext context)
    {
        if (options.Value.Username.Length == 0 || !Paths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)) ||
            IsRight(context.Request.Headers.Authorization.ToString()))
        {
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Pamps API\", charset=\"UTF-8\"";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        var detail = context.Request.Headers.Authorization.Count == 0 ? "Not authenticated" : "Incorrect username or password";
        return context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = Problems.Details(StatusCodes.Status401Unauthorized, ProblemCodes.TokenMissing, detail),
        }).AsTask();
    }

    private bool IsRight(string authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", given, out var length))
        {
            return false;
        }

        // Of hashes, so that the comparison takes as long for a wrong length.
        var expected = Encoding.UTF8.GetBytes($"{options.Value.Username}:{options.Value.Password}");
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(given.AsSpan(0, length)), SHA256.HashData(expected));
    }
}
