namespace Pamps.ApiService.Features.Billing;

/// <summary>Where a cell lies in its record.</summary>
/// <param name="Start">Offset from the start of the record.</param>
/// <param name="Length">In bytes.</param>
/// <param name="HasDoubledQuotes">Whether pairs of quotes in it stand for one.</param>
internal readonly record struct CsvCell(int Start, int Length, bool HasDoubledQuotes);
