using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Adapters;

/// <summary>How every older API answers: JSON with exactly the documented keys, errors with <c>detail</c>.</summary>
internal static class Older
{
    /// <summary>Name of the OpenAPI group, and of the document that lists the older APIs.</summary>
    public const string Group = "older";

    /// <summary>Their values go out as they are named, nulls included; the naming rules of <c>/api/v1</c> do not apply here.</summary>
    public static readonly JsonSerializerOptions Json = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>An answer with a body.</summary>
    public static JsonHttpResult<T> Answer<T>(int status, T body) => TypedResults.Json(body, Json, statusCode: status);

    /// <summary>Any error but validation: <c>{"detail":"…"}</c>.</summary>
    public static JsonHttpResult<OlderDetail> Detail(int status, string detail) => Answer(status, new OlderDetail(detail));

    /// <summary>A 401 with the challenge that clients of these APIs look for.</summary>
    public static JsonHttpResult<OlderDetail> Unauthorized(HttpContext http, string detail)
    {
        http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Detail(StatusCodes.Status401Unauthorized, detail);
    }

    /// <summary>A 422 with all errors at once.</summary>
    public static JsonHttpResult<JsonObject> Invalid(JsonArray errors) =>
        Answer(StatusCodes.Status422UnprocessableEntity, new JsonObject { ["detail"] = errors });

    /// <summary>UTC without offset, microseconds always shown: the dates of the micro-blog.</summary>
    public static string NaiveDate(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>UTC with offset, microseconds always shown: the dates of the votes API.</summary>
    public static string OffsetDate(DateTimeOffset instant) => NaiveDate(instant) + "+00:00";
}
