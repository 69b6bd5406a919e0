namespace Pamps.ApiService.Http;

/// <summary>A part of the system cannot work now; the caller is asked to come back (503).</summary>
/// <param name="message">What is away, for the caller.</param>
internal sealed class UnavailableException(string message) : Exception(message);
