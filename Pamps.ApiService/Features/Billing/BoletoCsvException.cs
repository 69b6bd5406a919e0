namespace Pamps.ApiService.Features.Billing;

/// <summary>The file as a whole cannot be read: its header is not one.</summary>
internal sealed class BoletoCsvException(string message, IReadOnlyList<string>? missingColumns = null) : Exception(message)
{
    /// <summary>The columns that the header lacks.</summary>
    public IReadOnlyList<string> MissingColumns { get; } = missingColumns ?? [];
}
