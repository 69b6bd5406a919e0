using Pamps.ApiService.Auth;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>Refuses changes that a foreign page asks for: it could sign a reader in as somebody else, or out.</summary>
internal sealed class OwnPageFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || OwnPage.Sent(request)
            ? next(context)
            : ValueTask.FromResult<object?>(Problems.Forbidden("Only the pages of this server may ask for this."));
    }
}
