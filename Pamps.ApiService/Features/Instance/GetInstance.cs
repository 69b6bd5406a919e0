using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Instance;

internal static class GetInstance
{
    /// <summary>The name of the product.</summary>
    public const string Name = "Pamps";

    /// <summary>The version of the product.</summary>
    public static readonly string Version =
        typeof(GetInstance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Tells what this server is and allows, so that clients need not guess limits.</summary>
    public static Ok<InstanceResponse> Handle() => TypedResults.Ok(new InstanceResponse(
        Name,
        Version,
        Languages.All,
        PostLimits.TextGraphemes,
        PostLimits.UrlWeight,
        PageLimits.Default,
        PageLimits.Max,
        AccountLimits.UsernameMin,
        AccountLimits.UsernameMax,
        AccountLimits.PasswordMin,
        AccountLimits.PasswordMax,
        AccountLimits.BioMax));
}
