namespace Pamps.ApiService.Data;

/// <summary>The life of a debt. Each state is stored before what it leads to is done, so that a crash resumes there.</summary>
internal static class BoletoStates
{
    /// <summary>Stored, without number.</summary>
    public const string Started = "started";

    /// <summary>Has number and digits; waits to be mailed.</summary>
    public const string BillGenerated = "bill_generated";

    /// <summary>The mail was handed over.</summary>
    public const string BillSent = "bill_sent";

    /// <summary>Nothing more to do: no failure came back for the mail, or the debt was paid before it was sent.</summary>
    public const string Done = "done";

    /// <summary>Given up; see <see cref="Boleto.Error"/>.</summary>
    public const string Error = "error";

    public static readonly IReadOnlyList<string> All = [Started, BillGenerated, BillSent, Done, Error];
}
