namespace Pamps.ApiService.Data;

/// <summary>
/// The numbers of an account and portfolio at a bank. A row instead of a database sequence: numbers are taken in the
/// transaction of their boletos, so that none of the few that a bank gives is lost to a rollback.
/// </summary>
internal sealed class BoletoNumberRange
{
    /// <summary>Bank, account and portfolio.</summary>
    public required string Name { get; set; }

    /// <summary>The next number to use.</summary>
    public long Next { get; set; }
}
