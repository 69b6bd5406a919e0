using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Features.Comments;

/// <summary>The version of a comment as a strong entity tag, which is the only kind that <c>If-Match</c> compares (RFC 9110 §13.1.1).</summary>
internal static class CommentVersion
{
    /// <summary>The tag of a version.</summary>
    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether the condition of the request, if it has one, holds for a version.</summary>
    public static bool Matches(HttpRequest request, int version)
    {
        var asked = request.GetTypedHeaders().IfMatch;
        return asked.Count == 0
            ? request.Headers.IfMatch.Count == 0
            : asked.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new EntityTagHeaderValue(Tag(version)), useStrongComparison: true));
    }
}
