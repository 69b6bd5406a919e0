using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace Pamps.Tests.ServiceDefaults;

internal static class RetrySettings
{
    /// <summary>Takes the seconds out of the pauses between attempts; everything else stays as the product has it.</summary>
    public static void RetryAtOnce(this IServiceCollection services) => services.PostConfigureAll<HttpStandardResilienceOptions>(
        options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
}
