using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pamps.Tests.Architecture;
using Xunit.Sdk;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// Holds every answer that any test receives against the OpenAPI document, and remembers which of the documented statuses
/// were seen. At the end of a run <c>artifacts/unseen-statuses.txt</c> lists those that no test has seen.
/// </summary>
internal sealed partial class SeenStatuses : IAsyncDisposable
{
    // What is refused before an operation is reached: addresses that match no route constraint, other methods, bodies and
    // headers that cannot be read. 414 and 431 are the server's own.
    private static readonly HashSet<int> BeforeAnyOperation = [400, 404, 405, 413, 414, 415, 431];

    // Limits and failures may end any operation, and are shown once for all of them.
    private static readonly HashSet<int> OfTheHost = [429, 500, 503];

    private static readonly Lazy<SeenStatuses> Run = new(() => TestRun.Keep(new SeenStatuses()));

    private readonly List<Operation> _operations = [.. Read()];

    private readonly ConcurrentDictionary<(string Operation, int Status), bool> _seen = new();

    /// <summary>Takes note of an answer.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="path">The path of the request.</param>
    /// <param name="status">The status of the answer.</param>
    /// <exception cref="XunitException">The document does not know this status.</exception>
    public static void Note(HttpMethod method, string path, int status)
    {
        if (path.StartsWith("/api/v1/", StringComparison.Ordinal))
        {
            Run.Value.Check(method.Method, path, status);
        }
    }

    /// <summary>What was seen so far, as "METHOD template" and status.</summary>
    public static IEnumerable<(string Operation, int Status)> All => Run.Value._seen.Keys;

    public async ValueTask DisposeAsync()
    {
        var documented = _operations.SelectMany(operation => operation.Statuses.Except(OfTheHost).Select(status => (operation.Name, status))).ToList();
        var unseen = documented.Where(pair => !_seen.ContainsKey(pair)).Select(pair => $"{pair.Name} {pair.status}").Order(StringComparer.Ordinal).ToList();
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder.FullName, "unseen-statuses.txt"), [$"{documented.Count - unseen.Count} of {documented.Count} documented statuses were seen. Not seen:", .. unseen]);
    }

    private static IEnumerable<Operation> Read()
    {
        using var document = JsonDocument.Parse(Repository.Read("Pamps.ApiService/Pamps.ApiService.json"));
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(member => member.Name is "get" or "put" or "post" or "delete" or "patch"))
            {
                var pattern = Parameter().Replace(Regex.Escape(path.Name).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+");
                yield return new Operation(
                    $"{operation.Name.ToUpperInvariant()} {path.Name}",
                    operation.Name.ToUpperInvariant(),
                    new Regex($"^{pattern}/?$", RegexOptions.CultureInvariant),
                    path.Name.Count(letter => letter == '{'),
                    [.. operation.Value.GetProperty("responses").EnumerateObject().Where(response => int.TryParse(response.Name, out _)).Select(response => int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture))]);
            }
        }
    }

    private void Check(string method, string path, int status)
    {
        if (Find(method, path) is not { } operation)
        {
            return;
        }

        _seen.TryAdd((operation.Name, status), true);
        if (!operation.Statuses.Contains(status) && !BeforeAnyOperation.Contains(status))
        {
            throw new XunitException($"{operation.Name} answered {status}, which Pamps.ApiService.json does not document.");
        }
    }

    /// <summary>The most literal template that fits, as routing decides.</summary>
    private Operation? Find(string method, string path) =>
        _operations.Where(operation => operation.Method == method && operation.Pattern.IsMatch(path)).MinBy(operation => operation.Parameters);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private sealed record Operation(string Name, string Method, Regex Pattern, int Parameters, HashSet<int> Statuses);
}
