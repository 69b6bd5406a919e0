namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console output.</summary>
/// <param name="LineNumber">Its number, from 1.</param>
/// <param name="Content">Its text, with a time in front.</param>
/// <param name="IsErrorMessage">Whether it came from standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
