using System.Globalization;
using System.Security.Claims;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Auth;

/// <summary>Who calls, as the credentials of the request and the present state of the account say.</summary>
internal sealed class CurrentUser(IHttpContextAccessor http)
{
    /// <summary>The account, or null for nobody.</summary>
    public long? Id => Number(PampsClaims.Subject);

    /// <summary>The account, where the endpoint lets nobody else in.</summary>
    public long RequiredId => Id ?? throw new InvalidOperationException("The endpoint must require a signed-in caller.");

    /// <summary>Through whose eyes posts are read where anybody may read: nobody's when the credentials do not allow reading posts.</summary>
    public long? ReaderId => HasScope(Scopes.ReadPosts) ? Id : null;

    /// <summary>Whether anybody is signed in.</summary>
    public bool IsSignedIn => Id is not null;

    /// <summary>The session, or null with an API key.</summary>
    public long? SessionId => Number(PampsClaims.Session);

    /// <summary>The API key, or null with a session.</summary>
    public long? ApiKeyId => Number(PampsClaims.ApiKey);

    /// <summary>What the account may do beyond its own things.</summary>
    public AccountRole Role => Enum.TryParse<AccountRole>(Value(PampsClaims.Role), out var role) ? role : AccountRole.User;

    /// <summary>Whether the account works the queue of reports; administrators do.</summary>
    public bool IsModerator => Role is AccountRole.Moderator or AccountRole.Administrator;

    /// <summary>Whether the account may do everything.</summary>
    public bool IsAdministrator => Role is AccountRole.Administrator;

    /// <summary>Whether the account may work with billing; administrators may.</summary>
    public bool IsBillingOperator => IsAdministrator || Value(PampsClaims.BillingOperator) is not null;

    /// <summary>Granted scopes, separated by blanks.</summary>
    public string Scope => Value(PampsClaims.Scope) ?? "";

    private ClaimsPrincipal? Principal => http.HttpContext?.User is { Identity.IsAuthenticated: true } principal ? principal : null;

    /// <summary>Whether the credentials allow something.</summary>
    /// <param name="scope">One of <see cref="Scopes"/>.</param>
    public bool HasScope(string scope) => Scopes.Contains(Scope, scope);

    private string? Value(string claim) => Principal?.FindFirst(claim)?.Value;

    private long? Number(string claim) =>
        long.TryParse(Value(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
