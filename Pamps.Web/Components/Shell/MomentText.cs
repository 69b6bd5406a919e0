using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Pamps.Web.Components.Shell;

/// <summary>Times as sentences.</summary>
internal static class MomentText
{
    /// <summary>How long ago, in one short word; a clock that is ahead never says "in 3 s".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone, IStringLocalizer text)
    {
        var passed = now - at;
        return passed switch
        {
            { TotalSeconds: < 60 } => text["Time.Now"],
            { TotalMinutes: < 60 } => text["Time.Minutes", (int)passed.TotalMinutes],
            { TotalHours: < 24 } => text["Time.Hours", (int)passed.TotalHours],
            { TotalDays: < 7 } => text["Time.Days", (int)passed.TotalDays],
            _ => Day(TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone)),
        };
    }

    /// <summary>Date and time; the zone is named where it is not the visitor's own.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone, IStringLocalizer text)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var culture = CultureInfo.CurrentCulture;
        var date = local.ToString("D", culture);
        // English times have a narrow no-break space before AM, which is long when escaped and looks no better.
        var time = local.ToString("t", culture).Replace('\u202F', ' ');
        return text[ReferenceEquals(zone, TimeZoneInfo.Utc) ? "Time.ExactUtc" : "Time.Exact", date, time];
    }

    private static string Day(DateTimeOffset at, DateTimeOffset now)
    {
        var culture = CultureInfo.CurrentCulture;
        var isPortuguese = culture.TwoLetterISOLanguageName == "pt";
        return at.Year == now.Year
            ? at.ToString(isPortuguese ? "d 'de' MMM" : "MMM d", culture)
            : at.ToString(isPortuguese ? "d 'de' MMM yyyy" : "MMM d, yyyy", culture);
    }
}
