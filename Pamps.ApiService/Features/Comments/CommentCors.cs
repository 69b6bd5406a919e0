using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Pamps.ApiService.Features.Comments;

/// <summary>
/// Lets pages of a site call the comments routes, for that site's content alone. Other policies are the configured ones.
/// No credentials are allowed: browsers send tokens by header or comment as guests.
/// </summary>
internal sealed class CommentCors(IOptions<CorsOptions> options, CommentSites sites) : ICorsPolicyProvider
{
    /// <summary>Name of the policy on the comments routes.</summary>
    public const string Policy = "comments";

    private readonly DefaultCorsPolicyProvider _configured = new(options);

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var configured = await _configured.GetPolicyAsync(context, policyName == Policy ? options.Value.DefaultPolicyName : policyName);
        if (policyName != Policy || configured is { AllowAnyOrigin: true })
        {
            return configured;
        }

        // A comment's own routes and counts name no one page: any site of ours may ask.
        IEnumerable<string> origins = ContentId.TryParse(context.Request.Query["id"], out var id) && context.Request.Query["id"].Count == 1
            ? sites.Of(id).Origins
            : sites.Origins;
        // Not a copy of the configured policy: a copy would go on asking the original which origins it knows.
        return new CorsPolicyBuilder([.. configured?.Origins ?? [], .. origins])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders([.. configured?.ExposedHeaders ?? []])
            .SetPreflightMaxAge(configured?.PreflightMaxAge ?? TimeSpan.Zero)
            .Build();
    }
}
