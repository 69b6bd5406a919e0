using Microsoft.Extensions.Localization;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.Components.Billing;

/// <summary>Why a debt failed, in the visitor's language, by the code that the API gives it.</summary>
internal static class BoletoErrors
{
    /// <summary>The reason; in the API's own words when its code is newer than this site. Null when nothing failed.</summary>
    public static string? Of(BoletoResponse boleto, IStringLocalizer text)
    {
        if (boleto.ErrorCode is null)
        {
            return boleto.Error;
        }

        var known = text["BoletoError." + boleto.ErrorCode];
        return known.ResourceNotFound ? boleto.Error : known;
    }
}
