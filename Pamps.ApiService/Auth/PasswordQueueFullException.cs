namespace Pamps.ApiService.Auth;

/// <summary>More sign-ins wait for their turn than the queue holds; answered with 503.</summary>
internal sealed class PasswordQueueFullException() : Exception("Too many people are signing in at this moment.");
