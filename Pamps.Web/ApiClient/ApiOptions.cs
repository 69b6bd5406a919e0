namespace Pamps.Web.ApiClient;

/// <summary>How the site calls the API. Section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    /// <summary>How long a page waits for one call: after this a person sees an explanation instead of a blank tab.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(2);
}
