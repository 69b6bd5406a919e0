namespace Pamps.Tests.Fixtures;

/// <summary>
/// Something that a test needs is not installed: the test is skipped with the message as its reason, but fails where
/// the environment variable <c>CI</c> is set, because a build server that skips tests proves nothing.
/// </summary>
/// <param name="message">What is missing and how to install it.</param>
/// <param name="inner">How it was noticed.</param>
public sealed class PrerequisiteMissingException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether a missing prerequisite is a failure.</summary>
    public static bool MustFail => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ci && ci != "false";
}
