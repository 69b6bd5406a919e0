using Microsoft.Extensions.Localization;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.Components.Billing;

/// <summary>What is wrong with a row of a file, in the visitor's language, by the code that the API gives it.</summary>
internal static class RowReasons
{
    /// <summary>The reason; in the API's own words when its code is newer than this site.</summary>
    public static string Of(RowErrorResponse error, IStringLocalizer text)
    {
        var known = text["RowReason." + error.Code];
        return known.ResourceNotFound ? error.Reason : known;
    }
}
