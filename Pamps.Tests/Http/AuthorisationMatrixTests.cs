using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Tokens;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>
/// Every operation of the OpenAPI document, tried by everybody. What is expected follows from the document: an operation
/// with security wants credentials and their scopes. What belongs to the owner is 404 for a stranger.
/// </summary>
public sealed class AuthorisationMatrixTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Api = "/api/v1";

    // Operations on one thing of the owner: for everybody else the thing does not exist, or is not theirs to change.
    private static readonly HashSet<string> OwnersAlone =
    [
        "EditPost", "DeletePost", "RestorePost", "GetPostSource", "EditComment", "DeleteComment", "RevokeSession", "RevokeApiKey", "GetExport",
        "DownloadExport", "GetReport",
    ];

    // These decide for themselves whom they let in: payments by signature or by billing:write, comments by guests where a
    // site allows them. Here neither is set up, so nobody gets 401; payments want a scope of whoever is signed in.
    private static readonly HashSet<string> DecideThemselves = ["ReceivePayment", "AddComment"];

    [Fact]
    public async Task Nobody_gets_in_where_credentials_are_asked_for_and_only_there() => await WalkAsync(async (operation, world, problems) =>
    {
        using var response = await operation.SendAsync(api.Anonymous, world, token: null);
        if (operation.IsProtected || DecideThemselves.Contains(operation.Id))
        {
            await ExpectAsync(operation, response, 401, operation.IsProtected ? "token_missing" : "token_", problems);
        }
        else if ((int)response.StatusCode is 401 or 403)
        {
            problems.Add($"{operation}: nobody got {(int)response.StatusCode}, but the document asks for no credentials");
        }
    });

    [Fact]
    public async Task Revoked_token_is_refused_everywhere_that_looks_at_credentials() => await WalkAsync(async (operation, world, problems) =>
    {
        if (operation.Documents(401))
        {
            using var response = await operation.SendAsync(api.Anonymous, world, world.RevokedToken);
            await ExpectAsync(operation, response, 401, "token_invalid", problems);
        }
    });

    [Fact]
    public async Task Key_without_the_scope_is_refused() => await WalkAsync(async (operation, world, problems) =>
    {
        if (operation.Scopes.Count > 0)
        {
            var key = operation.Scopes.Contains("read:bookmarks") ? world.KeyForLikes : world.KeyForBookmarks;
            using var response = await operation.SendAsync(api.Anonymous, world, key);
            if (response.StatusCode is not HttpStatusCode.Forbidden)
            {
                problems.Add($"{operation}: a key without {string.Join(' ', operation.Scopes)} got {(int)response.StatusCode}");
            }
        }
    });

    [Fact]
    public async Task Stranger_reaches_neither_what_is_the_owners_nor_what_needs_a_rank() => await WalkAsync(async (operation, world, problems) =>
    {
        using var response = await operation.SendAsync(api.Anonymous, world, world.Stranger);
        var ranked = operation.Scopes.Any(scope => scope.StartsWith("admin:", StringComparison.Ordinal) || scope.StartsWith("billing:", StringComparison.Ordinal));
        if (ranked || operation.Id == "ReceivePayment")
        {
            await ExpectAsync(operation, response, 403, "scope_missing", problems);
        }
        else if (OwnersAlone.Contains(operation.Id))
        {
            if (response.StatusCode is not HttpStatusCode.NotFound)
            {
                problems.Add($"{operation}: a stranger got {(int)response.StatusCode} instead of 404");
            }
        }
        else if ((int)response.StatusCode is 401 or 403)
        {
            problems.Add($"{operation}: a signed-in stranger got {(int)response.StatusCode}");
        }
    });

    [Fact]
    public async Task Owner_is_let_in_to_all_that_needs_no_rank() => await WalkAsync(async (operation, world, problems) =>
    {
        if (operation.Id == "ReceivePayment" ||
            operation.Scopes.Any(scope => scope.Contains("admin:", StringComparison.Ordinal) || scope.Contains("billing:", StringComparison.Ordinal)))
        {
            return;
        }

        using var response = await operation.SendAsync(api.Anonymous, world, world.Owner);
        if ((int)response.StatusCode is 401 or 403 || (OwnersAlone.Contains(operation.Id) && response.StatusCode is HttpStatusCode.NotFound))
        {
            problems.Add($"{operation}: the owner got {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    });

    [Fact]
    public async Task Moderator_and_administrator_are_let_in_to_moderation() => await WalkAsync(async (operation, world, problems) =>
    {
        if (!operation.Scopes.Any(scope => scope.StartsWith("admin:", StringComparison.Ordinal)))
        {
            return;
        }

        foreach (var (who, token) in ((string, string)[])[("moderator", world.Moderator), ("administrator", world.Administrator)])
        {
            using var response = await operation.SendAsync(api.Anonymous, world, token);
            if ((int)response.StatusCode is 401 or 403)
            {
                problems.Add($"{operation}: a {who} got {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
        }
    });

    private static async Task ExpectAsync(Operation operation, HttpResponseMessage response, int status, string code, List<string> problems)
    {
        var body = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != status || !body.Contains($"\"{code}", StringComparison.Ordinal))
        {
            problems.Add($"{operation}: expected {status} {code}, got {(int)response.StatusCode} {body}");
        }
    }

    private async Task WalkAsync(Func<Operation, World, List<string>, Task> check)
    {
        var text = await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        var operations = Operation.ReadAll(JsonNode.Parse(text)!).Where(operation => operation.Path.StartsWith(Api, StringComparison.Ordinal)).ToList();
        Assert.True(operations.Count > 50, $"The document has only {operations.Count} operations.");

        var problems = new List<string>();
        foreach (var operation in operations)
        {
            // A world for each: many operations end something in it.
            await check(operation, await World.CreateAsync(api), problems);
        }

        if (problems.Count > 0)
        {
            throw new XunitException(string.Join('\n', problems));
        }
    }

    /// <summary>Somebody with something of everything, and the others.</summary>
    private sealed record World(
        string Owner, string RevokedToken, string Stranger, string Moderator, string Administrator, string KeyForBookmarks, string KeyForLikes,
        IReadOnlyDictionary<string, string> Things)
    {
        private static string? _moderator;
        private static string? _administrator;

        public static async Task<World> CreateAsync(ApiFixture api)
        {
            _moderator ??= await api.PromoteAsync(await api.SignedInAs("moderator"), AccountRole.Moderator);
            _administrator ??= await api.PromoteAsync(await api.SignedInAs("boss"), AccountRole.Administrator);
            var (owner, stranger) = (await api.SignedInAs("owner"), await api.SignedInAs("stranger"));
            var left = await api.SignIn(owner.Username, owner.Password);
            await left.DeleteAsync($"{Api}/me/sessions/{(await left.GetAsync<SessionResponse[]>($"{Api}/me/sessions")).Single(session => session.Current).Id}");
            var post = await owner.CreatePostAsync();
            var comment = await owner.PostAsync<CommentResponse>($"{Api}/content/comments?id=https://example.org/{owner.Username}", new { text = "first" });
            var bookmarks = await owner.PostAsync<CreatedApiKeyResponse>($"{Api}/me/api-keys", new { name = "key", scopes = (string[])["read:bookmarks"] });
            var likes = await owner.PostAsync<CreatedApiKeyResponse>($"{Api}/me/api-keys", new { name = "key", scopes = (string[])["write:likes"] });
            var report = await owner.PostAsync<ReportResponse>($"{Api}/reports", new { username = stranger.Username, reason = "spam" });
            var export = await owner.PostAsync<ExportResponse>($"{Api}/me/exports");
            return new World(
                owner.Tokens.AccessToken, left.Tokens.AccessToken, stranger.Tokens.AccessToken, _moderator, _administrator, bookmarks.Key, likes.Key,
                new Dictionary<string, string>
                {
                    ["username"] = owner.Username,
                    ["accountId"] = owner.Id,
                    ["postId"] = post.Id,
                    ["commentId"] = comment.Id,
                    ["sessionId"] = (await owner.GetAsync<SessionResponse[]>($"{Api}/me/sessions")).Single().Id,
                    ["keyId"] = likes.Details.Id,
                    ["exportId"] = export.Id,
                    ["reportId"] = report.Id,
                    ["tag"] = "bom",
                    ["feed"] = "home",
                    ["importId"] = "1",
                    ["boletoId"] = "1",
                    ["debtId"] = "1",
                    ["code"] = "not_found",
                });
        }
    }

    /// <summary>An operation of the document.</summary>
    private sealed record Operation(string Id, HttpMethod Method, string Path, bool IsProtected, IReadOnlyList<string> Scopes, JsonNode Node)
    {
        public static IEnumerable<Operation> ReadAll(JsonNode document)
        {
            foreach (var (path, methods) in document["paths"]!.AsObject())
            {
                foreach (var (method, node) in methods!.AsObject().Where(member => member.Key is "get" or "post" or "put" or "patch" or "delete"))
                {
                    var security = node!["security"]?.AsArray();
                    yield return new Operation(
                        node["operationId"]?.ToString() ?? "", new HttpMethod(method.ToUpperInvariant()), path, security is { Count: > 0 },
                        [.. security?.SelectMany(one => one!.AsObject()).SelectMany(scheme => scheme.Value!.AsArray()).Select(scope => scope!.ToString()).Distinct() ?? []],
                        node);
                }
            }
        }

        public bool Documents(int status) => Node["responses"]!.AsObject().ContainsKey(status.ToString(CultureInfo.InvariantCulture));

        public async Task<HttpResponseMessage> SendAsync(HttpClient http, World world, string? token)
        {
            using var request = new HttpRequestMessage(Method, Address(world));
            if (token is not null)
            {
                request.Headers.Authorization = new("Bearer", token);
            }

            if (Node["requestBody"]?["content"]?.AsObject() is { } contents)
            {
                var (type, content) = contents.First();
                request.Content = type.StartsWith("multipart/", StringComparison.Ordinal)
                    ? new MultipartFormDataContent { { new StringContent("a"), "file", "a.csv" } }
                    : type.Contains("form", StringComparison.Ordinal)
                        ? new FormUrlEncodedContent([])
                        : new StringContent(content!["example"]?.ToJsonString() ?? "{}", Encoding.UTF8, type);
            }

            // Headers are enough: a live stream has no end.
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }

        public override string ToString() => $"{Method} {Path} ({Id})";

        private string Address(World world)
        {
            var address = Path;
            var query = new List<string>();
            foreach (var parameter in Node["parameters"]?.AsArray() ?? [])
            {
                var name = parameter!["name"]!.ToString();
                if (parameter["in"]!.ToString() == "path")
                {
                    address = address.Replace($"{{{name}}}", world.Things.TryGetValue(name, out var value)
                        ? value
                        : throw new XunitException($"{this}: tell the matrix what {{{name}}} is."), StringComparison.Ordinal);
                }
                else if (parameter["in"]!.ToString() == "query" && name is "id" or "ids" or "q")
                {
                    query.Add($"{name}={(name == "ids" ? world.Things["accountId"] : name == "q" ? "bom" : $"https://example.org/{world.Things["username"]}")}");
                }
            }

            return query.Count > 0 ? $"{address}?{string.Join('&', query)}" : address;
        }
    }
}
