namespace Pamps.ApiService.Features.Billing;

/// <summary>What every bank does with the parts it is given: pad with zeros, never cut.</summary>
internal static class BankDigits
{
    /// <exception cref="ArgumentException">The text is empty, longer than the field, or has something else than digits.</exception>
    public static string Pad(string text, int length, string name)
    {
        if (text.Length == 0 || text.Length > length || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException($"The {name} has 1 to {length} digits.", name);
        }

        return text.PadLeft(length, '0');
    }

    public static void CheckSequence(long sequence, long last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, last);
    }
}
