namespace Pamps.ApiService.Data;

/// <summary>The life of an import.</summary>
internal static class BoletoImportStates
{
    /// <summary>The whole file is stored.</summary>
    public const string Received = "received";

    /// <summary>Rows are being stored as debts.</summary>
    public const string Processing = "processing";

    /// <summary>Every row is a debt, a duplicate or a rejection.</summary>
    public const string Done = "done";
}
