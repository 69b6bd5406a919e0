using System.Globalization;
using System.Net.Http.Headers;
using Pamps.Web.Auth;

namespace Pamps.Web.ApiClient;

/// <summary>
/// Tells the API on whose behalf the site calls: the session's access token, the visitor's address (the API trusts the
/// site as its only proxy, or all strangers would share one rate limit) and language.
/// Handlers outlive a request, so the request comes from the accessor and never by injecting something scoped.
/// </summary>
internal sealed class VisitorHeadersHandler(IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.AcceptLanguage.Clear();

        // Tokens are renewed before the visitor's language is known: the culture has no name then.
        if (CultureInfo.CurrentUICulture.Name is { Length: > 0 } language)
        {
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        }

        if (accessor.HttpContext is { } context)
        {
            if (context.Connection.RemoteIpAddress is { } address)
            {
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
            }

            if (request.Headers.Authorization is null && context.Features.Get<VisitorSession>() is { } session)
            {
                request.Headers.Authorization = ApiConnection.Bearer(session.AccessToken);
            }
        }

        return base.SendAsync(request, cancellationToken);
    }
}
