using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;
using Pamps.Web.Components.Posts;

namespace Pamps.Web.Live;

/// <summary>People or tags that begin with what is being typed.</summary>
internal static class Suggest
{
    private const int Most = 6;

    /// <summary>Answers with the options of a list, ready to be shown.</summary>
    public static async Task<RazorComponentResult<SuggestionList>> HandleAsync(
        [FromQuery] string kind, [FromQuery] string q, FeedsClient feeds, CancellationToken cancellationToken)
    {
        if (kind == "tags")
        {
            var tags = await feeds.TagsAsync(q, Most, cancellationToken);
            return new(new { Tags = tags.Value?.Items ?? [] });
        }

        var found = await feeds.SearchAsync(q, "accounts", null, Most, cancellationToken);
        return new(new { Accounts = found.Value?.Accounts ?? [] });
    }
}
