using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Auth;

/// <summary>What the database says about credentials and their owner.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Role">Its role.</param>
/// <param name="BillingOperator">Whether it works with billing.</param>
/// <param name="Suspended">Whether it is suspended.</param>
/// <param name="Scope">What the credentials allow, separated by blanks.</param>
/// <param name="ApiKeyId">The API key; null for a session.</param>
internal sealed record CallerState(
    long AccountId, AccountRole Role, bool BillingOperator, bool Suspended, string Scope, long? ApiKeyId);
