namespace Pamps.ApiService.Auth;

/// <summary>Names of claims, as in the access token (RFC 7519, RFC 9068) or added when credentials are checked.</summary>
internal static class PampsClaims
{
    /// <summary>The account id.</summary>
    public const string Subject = "sub";

    /// <summary>The session id; absent with an API key.</summary>
    public const string Session = "sid";

    /// <summary>Granted scopes, separated by blanks.</summary>
    public const string Scope = "scope";

    /// <summary>The role at the time of the call; never taken from the token, since it may have changed.</summary>
    public const string Role = "role";

    /// <summary>Present for those who may work with billing.</summary>
    public const string BillingOperator = "billing";

    /// <summary>The API key id; absent with a session.</summary>
    public const string ApiKey = "key";
}
