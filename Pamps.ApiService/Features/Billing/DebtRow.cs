namespace Pamps.ApiService.Features.Billing;

/// <summary>A debt as a row of the file says it.</summary>
/// <param name="Line">The number of the line, the header being line 1.</param>
/// <param name="DebtId">The key of the debt, in this file and in all others.</param>
/// <param name="Name">The debtor.</param>
/// <param name="TaxId">CPF or CNPJ as given, unchecked, possibly empty.</param>
/// <param name="Email">As given, unchecked, possibly empty.</param>
/// <param name="Amount">In Reais, at least 0.01.</param>
/// <param name="DueOn">Any day, also a past one.</param>
internal readonly record struct DebtRow(long Line, string DebtId, string Name, string TaxId, string Email, decimal Amount, DateOnly DueOn);

/// <summary>One thing wrong with a row.</summary>
/// <param name="Line">The number of the line, the header being line 1.</param>
/// <param name="Field">The column, or empty when it is the row as a whole.</param>
/// <param name="Value">What stands there, cut when it is long.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record RowProblem(long Line, string Field, string Value, RowReason Reason);
