using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Pamps.ApiService.Auth;

/// <summary>Registers how callers prove who they are: an access token, or a personal API key.</summary>
internal static class PampsAuthentication
{
    /// <summary>The scheme of every request; it picks one of the others.</summary>
    public const string Scheme = "Pamps";

    /// <summary>The scheme of API keys.</summary>
    public const string ApiKeyScheme = "ApiKey";

    /// <summary>The scheme of access tokens of the older APIs.</summary>
    public const string OlderTokenScheme = "OlderToken";

    /// <summary>The header of API keys; they may also come as a bearer token.</summary>
    public const string ApiKeyHeader = "X-Api-Key";

    /// <summary>Adds authentication, authorization and what they stand on.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddPampsAuthentication(this IHostApplicationBuilder builder)
    {
        // Both generations of the bearer package read this: without it "sub" and "role" would be renamed to URLs.
        JwtSecurityTokenHandler.DefaultMapInboundClaims = false;

        var options = builder.Services.AddOptions<JwtOptions>().BindConfiguration("Jwt").ValidateDataAnnotations();
        if (!DesignTime.IsDocumentGeneration)
        {
            options.ValidateOnStart();
        }

        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CurrentUser>();
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<OlderTokens>();
        builder.Services.AddSingleton<CallerStates>();
        builder.Services.AddSingleton<VerifiedTokens>();
        builder.AddPasswords();

        builder.Services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, displayName: null, policy => policy.ForwardDefaultSelector = ChooseScheme)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, OlderTokenHandler>(OlderTokenScheme, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(ApiKeyScheme, configureOptions: null);
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<SigningKeys, VerifiedTokens, CallerStates, IOptions<JwtOptions>, TimeProvider>(ConfigureBearer);

        builder.Services.AddAuthorization();
        builder.Services.AddScoped<IAuthorizationHandler, AccessHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessProblems>();
    }

    /// <summary>Adds what hashes and checks passwords.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddPasswords(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PasswordHashingOptions>().BindConfiguration("Passwords").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<PasswordHasherOptions>().Configure<IOptions<PasswordHashingOptions>>(
            (hasher, hashing) => hasher.IterationCount = hashing.Value.Iterations);
        builder.Services.AddSingleton<Passwords>();
    }

    private static string ChooseScheme(HttpContext context) =>
        ApiKeySource.Find(context) is not null ? ApiKeyScheme
        : OlderTokenHandler.Find(context.Request) is not null ? OlderTokenScheme
        : JwtBearerDefaults.AuthenticationScheme;

    private static void ConfigureBearer(
        JwtBearerOptions bearer, SigningKeys keys, VerifiedTokens verified, CallerStates states, IOptions<JwtOptions> options, TimeProvider clock)
    {
        bearer.SaveToken = false;
        // No authority is asked for keys: they are our own.
        bearer.RequireHttpsMetadata = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = true,
            ValidIssuer = options.Value.Issuer,
            ValidateAudience = true,
            ValidAudience = options.Value.Audience,
            ValidateIssuerSigningKey = true,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateLifetime = true,
            ClockSkew = TimeSpan.Zero,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId),
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires, clock.GetUtcNow().UtcDateTime),
            NameClaimType = PampsClaims.Subject,
            RoleClaimType = PampsClaims.Role,
        };
        bearer.Events = new AccessTokenEvents(verified, states);
    }

    private static bool IsAlive(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is null || expires > now
            ? expires is not null && (notBefore is null || notBefore <= now)
            : throw new SecurityTokenExpiredException("The access token has expired.");
}
