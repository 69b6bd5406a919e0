using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>
/// Every operation of the OpenAPI document, tried by everybody; every cell has an expectation. It follows from the document:
/// an operation with security wants credentials and their scopes. What belongs to the owner is 404 for a stranger.
/// </summary>
public sealed class AuthorisationMatrixTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Api = "/api/v1";

    private const int AtOnce = 6;

    // Operations on one thing of the owner: for everybody else the thing does not exist, or is not theirs to change.
    private static readonly HashSet<string> OwnersAlone =
    [
        "EditPost", "DeletePost", "RestorePost", "GetPostSource", "EditComment", "DeleteComment", "RestoreComment", "RevokeSession", "RevokeApiKey",
        "GetExport", "DownloadExport", "GetReport",
    ];

    // Of these, what moderators reach too: they see every report, and remove what others wrote.
    private static readonly HashSet<string> ModeratorsToo = ["DeleteComment", "GetReport"];

    // These decide for themselves whom they let in: payments by signature or by billing:write, comments by guests where a
    // site allows them. Here neither is set up, so nobody gets 401.
    private static readonly Dictionary<string, string> DecideThemselves = new() { ["ReceivePayment"] = "billing:write", ["AddComment"] = "write:comments" };

    /// <summary>Who tries.</summary>
    public enum Caller
    {
        /// <summary>Without credentials.</summary>
        Nobody,

        /// <summary>With the token of a session that was ended.</summary>
        Revoked,

        /// <summary>With an API key of the owner that allows something else.</summary>
        KeyWithoutScope,

        /// <summary>Signed in, and nothing of it is theirs.</summary>
        Stranger,

        /// <summary>All of it is theirs.</summary>
        Owner,

        /// <summary>A moderator with the scopes of one.</summary>
        Moderator,

        /// <summary>An administrator with the scopes of one.</summary>
        Administrator,

        /// <summary>Somebody who works with billing.</summary>
        Operator,
    }

    private enum Outcome
    {
        LetIn,
        TokenMissing,
        TokenRefused,
        TokenInvalid,
        ScopeMissing,
        Forbidden,
        NotFound,
    }

    [Theory]
    [InlineData(Caller.Nobody)]
    [InlineData(Caller.Revoked)]
    [InlineData(Caller.KeyWithoutScope)]
    [InlineData(Caller.Stranger)]
    [InlineData(Caller.Owner)]
    [InlineData(Caller.Moderator)]
    [InlineData(Caller.Administrator)]
    [InlineData(Caller.Operator)]
    public async Task Everybody_gets_what_the_document_says(Caller caller)
    {
        var text = await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        var operations = DocumentedOperation.ReadAll(JsonNode.Parse(text)!).Where(operation => operation.Path.StartsWith(Api, StringComparison.Ordinal)).ToList();
        Assert.True(operations.Count > 80, $"The document has only {operations.Count} operations.");
        Assert.Empty(OwnersAlone.Concat(DecideThemselves.Keys).Except(operations.Select(operation => operation.Id)));
        Assert.True(operations.Select(operation => Expected(operation, caller)).Distinct().Count() > 1, "All the same for everybody: this looks at nothing.");

        var shared = await OperationWorld.CreateAsync(api);
        var problems = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(operations, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (operation, cancellationToken) =>
        {
            // Whoever is let in to change something gets a world of their own: many operations end something in it.
            var expected = Expected(operation, caller);
            var world = expected is Outcome.LetIn && operation.Method != HttpMethod.Get ? await OperationWorld.CreateAsync(api) : shared;
            using var response = await operation.SendAsync(api.Anonymous, world, TokenOf(world, caller, operation.Scopes));
            if (!await IsAsync(expected, caller, operation, response))
            {
                problems.Add($"{operation}: expected {expected} for {caller}, got {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
        });

        if (!problems.IsEmpty)
        {
            throw new XunitException(string.Join('\n', problems.Order(StringComparer.Ordinal)));
        }
    }

    private static Outcome Expected(DocumentedOperation operation, Caller caller)
    {
        var own = DecideThemselves.GetValueOrDefault(operation.Id);
        string[] scopes = [.. operation.Scopes, .. own is null ? Array.Empty<string>() : [own]];
        var (admin, billing) = (Array.Exists(scopes, scope => scope.StartsWith("admin:", StringComparison.Ordinal)), Array.Exists(scopes, scope => scope.StartsWith("billing:", StringComparison.Ordinal)));
        return caller switch
        {
            Caller.Nobody => operation.IsProtected ? Outcome.TokenMissing : own is not null ? Outcome.TokenRefused : Outcome.LetIn,
            Caller.Revoked => operation.Documents(401) ? Outcome.TokenInvalid : Outcome.LetIn,
            Caller.KeyWithoutScope => scopes.Length > 0 ? Outcome.ScopeMissing : operation.IsProtected ? Outcome.Forbidden : Outcome.LetIn,
            Caller.Moderator or Caller.Administrator when admin => Outcome.LetIn,
            Caller.Operator when billing => Outcome.LetIn,
            _ when admin || billing => Outcome.ScopeMissing,
            Caller.Owner => Outcome.LetIn,
            Caller.Moderator or Caller.Administrator when ModeratorsToo.Contains(operation.Id) => Outcome.LetIn,
            _ => OwnersAlone.Contains(operation.Id) ? Outcome.NotFound : Outcome.LetIn,
        };
    }

    private static async Task<bool> IsAsync(Outcome expected, Caller caller, DocumentedOperation operation, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (expected is Outcome.LetIn)
        {
            // What is the owner's own is there, too; what a moderator may see or do as well.
            return status is not (401 or 403) && !(status is 404 && OwnersAlone.Contains(operation.Id) && caller is not Caller.Stranger);
        }

        // A live stream has no body that ends, but it is never refused with a body that does not.
        var body = await response.Content.ReadAsStringAsync();
        var (wanted, code) = expected switch
        {
            Outcome.TokenMissing => (401, "token_missing"),
            Outcome.TokenRefused => (401, "token_"),
            Outcome.TokenInvalid => (401, "token_invalid"),
            Outcome.ScopeMissing => (403, "scope_missing"),
            Outcome.Forbidden => (403, "forbidden"),
            _ => (404, "not_found"),
        };

        // A key lacks its scope, or is refused for being a key where only a session will do: either comes first.
        return status == wanted && (body.Contains($"\"code\":\"{code}", StringComparison.Ordinal) ||
            (caller is Caller.KeyWithoutScope && body.Contains("\"code\":\"forbidden\"", StringComparison.Ordinal)));
    }

    /// <summary>The credentials of a caller; of two keys the one that lacks what the operation needs.</summary>
    private static string? TokenOf(OperationWorld world, Caller caller, IReadOnlyList<string> scopes) => caller switch
    {
        Caller.Nobody => null,
        Caller.Revoked => world.RevokedToken,
        Caller.KeyWithoutScope => scopes.Contains("read:bookmarks") ? world.KeyForLikes : world.KeyForBookmarks,
        Caller.Stranger => world.Stranger.Tokens.AccessToken,
        Caller.Owner => world.Owner.Tokens.AccessToken,
        Caller.Moderator => world.Moderator,
        Caller.Administrator => world.Administrator,
        _ => world.Operator,
    };
}
