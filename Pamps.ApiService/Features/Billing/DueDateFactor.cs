namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The <i>fator de vencimento</i>: four digits that stand for a due date. It counts days, began at 1000 on 2000-07-03,
/// reached 9999 on 2025-02-21 and starts again at 1000 on the next day; a cycle therefore has 9000 values, not 10 000.
/// A factor alone names many dates: which one is meant depends on the day of reading.
/// Sources: FEBRABAN, manual of the fator de vencimento (2012) and comunicado FB-082/2012.
/// </summary>
internal static class DueDateFactor
{
    public const int First = 1000;
    public const int Last = 9999;

    private const int Cycle = Last - First + 1;

    /// <summary>How far back a due date may lie to be readable, in days.</summary>
    private const int DaysBack = 3000;

    /// <summary>How far ahead a due date may lie to be readable, in days.</summary>
    private const int DaysAhead = 5500;

    /// <summary>The day of the first factor; boletos due earlier have none.</summary>
    public static readonly DateOnly Epoch = new(2000, 7, 3);

    /// <summary>The factor of a due date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The date lies before <see cref="Epoch"/>.</exception>
    public static int Encode(DateOnly dueOn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueOn, Epoch);
        return First + ((dueOn.DayNumber - Epoch.DayNumber) % Cycle);
    }

    /// <summary>The one due date that a factor means when read on <paramref name="today"/>, or null when none is payable.</summary>
    public static DateOnly? Decode(int factor, DateOnly today)
    {
        if (factor is < First or > Last)
        {
            return null;
        }

        // The window is shorter than a cycle, so the first candidate at or after its start is the only one that can fit.
        var start = today.DayNumber - DaysBack;
        var candidate = Epoch.DayNumber + factor - First;
        if (candidate < start)
        {
            candidate += (start - candidate + Cycle - 1) / Cycle * Cycle;
        }

        return candidate <= today.DayNumber + DaysAhead && candidate <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(candidate)
            : null;
    }

    /// <summary>Whether a reader on <paramref name="today"/> would take the factor of this date for this date.</summary>
    public static bool IsReadable(DateOnly dueOn, DateOnly today) =>
        dueOn >= Epoch && dueOn.DayNumber >= today.DayNumber - DaysBack && dueOn.DayNumber <= today.DayNumber + DaysAhead;
}
