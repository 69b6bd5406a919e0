using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Projections;

/// <summary>
/// A page of posts, written from their prepared bytes: the same answer as <c>Ok&lt;Page&lt;PostResponse&gt;&gt;</c>
/// without making objects of it. Carries a weak entity tag over all that is shown and answers 304 when it matches.
/// </summary>
internal sealed class PostPage(IReadOnlyList<PostBody> posts, PostFlags[] flags, string? next, string? prev) : IResult, IEndpointMetadataProvider
{
    public IReadOnlyList<PostBody> Posts => posts;

    public PostFlags[] Flags => flags;

    public string? NextCursor => next;

    public string? PrevCursor => prev;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Page<PostResponse>), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }

    /// <summary>The page as objects, for adapters.</summary>
    public IReadOnlyList<PostResponse> ToResponses() => [.. posts.Select((post, index) => PostJson.Read(post, flags[index]))];

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = EntityTag();
        if (PreparedAnswer.NotModified(httpContext, tag, signedIn: flags.Length > 0 && flags[0].HasFlag(PostFlags.SignedIn)))
        {
            return Task.CompletedTask;
        }

        var ends = Ends();
        var length = 10 + ends.Length;
        for (var index = 0; index < flags.Length; index++)
        {
            length += posts[index].Json.Length + PostJson.EndingFor(flags[index]).Length + (index > 0 ? 1 : 0);
        }

        httpContext.Response.ContentLength = length;
        var writer = httpContext.Response.BodyWriter;
        writer.Write("{\"items\":["u8);
        for (var index = 0; index < flags.Length; index++)
        {
            if (index > 0)
            {
                writer.Write(","u8);
            }

            writer.Write(posts[index].Json);
            writer.Write(PostJson.EndingFor(flags[index]));
        }

        writer.Write(ends);
        return writer.FlushAsync(httpContext.RequestAborted).AsTask();
    }

    private byte[] Ends()
    {
        // Cursors are base64url: nothing in them needs escaping.
        var ends = new StringBuilder("]");
        if (next is not null)
        {
            ends.Append(",\"nextCursor\":\"").Append(next).Append('"');
        }

        if (prev is not null)
        {
            ends.Append(",\"prevCursor\":\"").Append(prev).Append('"');
        }

        return Encoding.UTF8.GetBytes(ends.Append('}').ToString());
    }

    private string EntityTag()
    {
        var hash = PreparedAnswer.HashSeed;
        for (var index = 0; index < flags.Length; index++)
        {
            hash = PreparedAnswer.Mix(PreparedAnswer.Mix(hash, posts[index].Hash), (ulong)flags[index]);
        }

        hash = PreparedAnswer.Mix(hash, next is null ? 0UL : 1UL);
        return PreparedAnswer.Tag(hash);
    }
}

/// <summary>One post, written from its prepared bytes; the same answer as <c>Ok&lt;PostResponse&gt;</c>, with an entity tag.</summary>
internal sealed class PostAnswer(PostBody post, PostFlags flags) : IResult, IEndpointMetadataProvider
{
    public PostBody Post => post;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(PostResponse), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }

    /// <summary>The post as an object, for adapters.</summary>
    public PostResponse ToResponse() => PostJson.Read(post, flags);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = PreparedAnswer.Tag(PreparedAnswer.Mix(PreparedAnswer.Mix(PreparedAnswer.HashSeed, post.Hash), (ulong)flags));
        if (PreparedAnswer.NotModified(httpContext, tag, flags.HasFlag(PostFlags.SignedIn)))
        {
            return Task.CompletedTask;
        }

        var ending = PostJson.EndingFor(flags);
        httpContext.Response.ContentLength = post.Json.Length + ending.Length;
        var writer = httpContext.Response.BodyWriter;
        writer.Write(post.Json);
        writer.Write(ending);
        return writer.FlushAsync(httpContext.RequestAborted).AsTask();
    }
}

/// <summary>What answers from prepared bytes have in common: entity tags (RFC 9110 §8.8.3) and caching headers.</summary>
internal static class PreparedAnswer
{
    public const ulong HashSeed = 14695981039346656037;

    public static ulong Mix(ulong hash, ulong value) => (BitOperations.RotateLeft(hash, 23) ^ value) * 1099511628211;

    /// <summary>Weak: compression changes bytes but not what is said.</summary>
    public static string Tag(ulong hash) => string.Create(CultureInfo.InvariantCulture, $"W/\"{hash:x16}\"");

    /// <summary>Sets the headers of the answer; true when the client has it already and the answer is a bare 304.</summary>
    public static bool NotModified(HttpContext context, string tag, bool signedIn)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;

        // Nobody else may keep what a reader sees, and the reader asks each time: a block or a like shows at once.
        headers.CacheControl = signedIn || context.User.Identity?.IsAuthenticated is true ? "private, no-cache" : "public, max-age=10";
        headers.Vary = "Authorization, X-Api-Key, Accept, Accept-Language";
        if (Matches(context.Request.Headers.IfNoneMatch, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return false;
    }

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues ifNoneMatch, string tag)
    {
        if (ifNoneMatch.Count == 0)
        {
            return false;
        }

        if (ifNoneMatch.Count == 1 && ifNoneMatch[0] is { } single && single.Equals(tag, StringComparison.Ordinal))
        {
            return true;
        }

        // Weak comparison: a strong tag of the same value matches too, and so does any tag when the client sends "*".
        var wanted = new EntityTagHeaderValue(tag[2..], isWeak: true);
        return EntityTagHeaderValue.TryParseList(ifNoneMatch!, out var tags) &&
            tags.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(wanted, useStrongComparison: false));
    }
}
