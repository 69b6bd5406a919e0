using Microsoft.AspNetCore.Authorization;

namespace Pamps.ApiService.Auth;

/// <summary>The credentials must allow something.</summary>
/// <param name="Scope">One of <see cref="Scopes"/>.</param>
internal sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>The account must stand above an ordinary one.</summary>
internal enum Rank
{
    /// <summary>Works the queue of reports.</summary>
    Moderator,

    /// <summary>May do everything.</summary>
    Administrator,

    /// <summary>Works with billing.</summary>
    BillingOperator,
}

/// <summary>The account must have a rank, at the time of the call.</summary>
/// <param name="Rank">The rank.</param>
internal sealed record RankRequirement(Rank Rank) : IAuthorizationRequirement;

/// <summary>Only a person who signed in may do it, no API key: it would outlive the key or extend its rights.</summary>
internal sealed record SessionRequirement : IAuthorizationRequirement;

internal static class AccessRequirements
{
    /// <summary>Lets in credentials with a scope. Others get 401, or 403 with the scope named.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint or group.</param>
    /// <param name="scope">One of <see cref="Scopes"/>.</param>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.Require(new ScopeRequirement(scope));

    /// <summary>Lets in moderators and administrators.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint or group.</param>
    public static TBuilder RequireModerator<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.Require(new RankRequirement(Rank.Moderator));

    /// <summary>Lets in administrators.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint or group.</param>
    public static TBuilder RequireAdministrator<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.Require(new RankRequirement(Rank.Administrator));

    /// <summary>Lets in those who work with billing.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint or group.</param>
    public static TBuilder RequireBillingOperator<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.Require(new RankRequirement(Rank.BillingOperator));

    /// <summary>Lets in people who signed in, not API keys.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint or group.</param>
    public static TBuilder RequireSession<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.Require(new SessionRequirement());

    private static TBuilder Require<TBuilder>(this TBuilder endpoint, IAuthorizationRequirement requirement)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(requirement))
            .WithMetadata(requirement);
}
