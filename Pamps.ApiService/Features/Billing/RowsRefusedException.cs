namespace Pamps.ApiService.Features.Billing;

/// <summary>All or nothing was asked for, and rows of the file are wrong.</summary>
internal sealed class RowsRefusedException(long count, IReadOnlyList<RowProblem> first) : Exception("There are errors in your input.")
{
    /// <summary>How many of the problems are listed.</summary>
    public const int MaxListed = 100;

    /// <summary>All problems.</summary>
    public long Count { get; } = count;

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RowProblem> First { get; } = first;
}
