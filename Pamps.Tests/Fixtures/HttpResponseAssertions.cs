using System.Net;
using System.Text.Json;
using Xunit.Sdk;

namespace Pamps.Tests.Fixtures;

/// <summary>Assertions about answers. When one fails it shows the request, the body and what the server logged.</summary>
public static class HttpResponseAssertions
{
    /// <summary>Asserts the status.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="expected">The status.</param>
    public static async Task ShouldBe(this HttpResponseMessage response, HttpStatusCode expected)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.StatusCode != expected)
        {
            throw await FailureAsync(response, $"Expected status {(int)expected} {expected}.");
        }
    }

    /// <summary>Asserts the status and reads the body.</summary>
    /// <typeparam name="T">What the body is.</typeparam>
    /// <param name="response">The answer.</param>
    /// <param name="expected">The status.</param>
    public static async Task<T> ShouldBe<T>(this HttpResponseMessage response, HttpStatusCode expected)
    {
        await response.ShouldBe(expected);
        return await ReadAsync<T>(response);
    }

    /// <summary>Asserts a status of the 200 class.</summary>
    /// <param name="response">The answer.</param>
    public static async Task ShouldSucceed(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!response.IsSuccessStatusCode)
        {
            throw await FailureAsync(response, "Expected a status of success.");
        }
    }

    /// <summary>Asserts a status of the 200 class and reads the body.</summary>
    /// <typeparam name="T">What the body is.</typeparam>
    /// <param name="response">The answer.</param>
    public static async Task<T> ShouldSucceed<T>(this HttpResponseMessage response)
    {
        await response.ShouldSucceed();
        return await ReadAsync<T>(response);
    }

    /// <summary>
    /// Asserts a problem document (RFC 9457) with everything that each of ours has, and that it leaks nothing.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <param name="status">The status, in the answer and in the document.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="fields">Each a name that <c>errors</c> must hold; when given, it may hold no others.</param>
    public static async Task<Problem> ShouldBeProblemAsync(this HttpResponseMessage response, int status, string code, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(response);
        await response.ShouldBe((HttpStatusCode)status);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            throw await FailureAsync(response, $"Expected a problem document, not {response.Content.Headers.ContentType}.");
        }

        var problem = await ReadAsync<Problem>(response);
        if (problem.Code != code || problem.Status != status)
        {
            throw await FailureAsync(response, $"Expected code {code} with status {status}.");
        }

        if (string.IsNullOrEmpty(problem.Type) || string.IsNullOrEmpty(problem.Title) || string.IsNullOrEmpty(problem.TraceId) ||
            string.IsNullOrEmpty(problem.Instance))
        {
            throw await FailureAsync(response, "Expected type, title, instance and traceId.");
        }

        if (fields.Length > 0 && !fields.Order().SequenceEqual((problem.Errors?.Keys ?? Enumerable.Empty<string>()).Order()))
        {
            throw await FailureAsync(response, $"Expected errors of exactly: {string.Join(", ", fields)}.");
        }

        return problem;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        try
        {
            return JsonSerializer.Deserialize<T>(body, Wire.Json)
                ?? throw await FailureAsync(response, $"Expected {typeof(T).Name}, not null.");
        }
        catch (JsonException exception)
        {
            throw await FailureAsync(response, $"Expected {typeof(T).Name}: {exception.Message}");
        }
    }

    private static async Task<XunitException> FailureAsync(HttpResponseMessage response, string expectation)
    {
        var request = response.RequestMessage;
        var log = request is not null && request.Options.TryGetValue(RecordedLog.OfRequest, out var recorded) ? recorded.Troubles() : "";
        return new XunitException($"""
            {expectation}
            {request?.Method} {request?.RequestUri}
            {(int)response.StatusCode} {response.StatusCode}, {response.Content.Headers.ContentType}
            {await response.Content.ReadAsStringAsync()}
            {(log.Length > 0 ? "The server logged:\n" + log : "The server logged no warning.")}
            """);
    }
}
