using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Pamps.Tests.Features.Billing;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>
/// No refusal is documented that never happens: whatever the document says of an operation, something makes it answer so,
/// and the answer is a problem document. Successes are shown by the tests of the features.
/// </summary>
public sealed class DocumentedStatusTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    private const int AtOnce = 6;

    // Limits and failures may end any operation; RateLimitTests, RequestTimeoutTests and the tests of faults show them.
    private static readonly HashSet<int> OfTheHost = [429, 500, 503];

    private static readonly int[] Walked = [304, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422];

    // What these are provoked by changes something that others need.
    private static readonly HashSet<int> Changing = [409, 410, 422];

    public static TheoryData<int> Statuses => [.. Walked];

    [Fact]
    public async Task Every_documented_status_but_success_is_walked() =>
        Assert.Equal(
            Walked,
            (await OperationsAsync()).SelectMany(operation => operation.Statuses).Distinct().Where(status => status is >= 300).Except(OfTheHost).Order());

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Every_operation_answers_with_what_it_documents(int status)
    {
        var operations = (await OperationsAsync()).Where(operation => operation.Documents(status)).ToList();
        Assert.NotEmpty(operations);
        var shared = await NewWorldAsync();
        var problems = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(operations, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (operation, cancellationToken) =>
        {
            var world = Changing.Contains(status) ? await NewWorldAsync() : shared;
            using var response = await new StatusCauses(api, world).ProvokeAsync(operation, status);
            var type = response.Content.Headers.ContentType?.MediaType;
            if ((int)response.StatusCode != status || (status >= 400 && type != "application/problem+json"))
            {
                problems.Add($"{operation}: expected {status}, got {(int)response.StatusCode} {type} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
        });

        if (!problems.IsEmpty)
        {
            throw new XunitException(string.Join('\n', problems.Order(StringComparer.Ordinal)));
        }
    }

    private async Task<List<DocumentedOperation>> OperationsAsync()
    {
        var text = await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        return [.. DocumentedOperation.ReadAll(JsonNode.Parse(text)!)];
    }

    /// <summary>Somebody with something of everything, an import and a boleto included.</summary>
    private async Task<OperationWorld> NewWorldAsync()
    {
        var world = await OperationWorld.CreateAsync(api);
        var debt = BillingFixture.NewDebtId();
        var import = await api.ImportAsync(BillingFixture.Csv(BillingFixture.Row(debt)));
        var boleto = await Eventually.Be(() => api.BoletoAsync(debt), state => state.State is "bill_sent");
        return world with { Things = new Dictionary<string, string>(world.Things) { ["importId"] = import.Id, ["boletoId"] = boleto.Id, ["debtId"] = debt } };
    }
}
