using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pamps.Tests.Architecture;

/// <summary>Calls that are wrong wherever they stand.</summary>
public sealed class CallTests
{
    private static readonly Dictionary<string, string> Banned = new(StringComparer.Ordinal)
    {
        ["DateTime.Now"] = "take a TimeProvider",
        ["DateTime.UtcNow"] = "take a TimeProvider",
        ["DateTime.Today"] = "take a TimeProvider",
        ["DateTimeOffset.Now"] = "take a TimeProvider",
        ["DateTimeOffset.UtcNow"] = "take a TimeProvider",
        ["Environment.TickCount"] = "take a TimeProvider",
        ["Environment.TickCount64"] = "take a TimeProvider",
        ["Stopwatch.StartNew"] = "use TimeProvider.GetTimestamp",
        ["Thread.Sleep"] = "await something",
        ["Task.WaitAll"] = "await Task.WhenAll",
        ["Task.WaitAny"] = "await Task.WhenAny",
        ["Random.Shared"] = "take what is random as a parameter, or use RandomNumberGenerator for secrets",
    };

    private static readonly Rule BannedRule = new(
        _ => true,
        file => file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Select(access => access.ToString())
            .Where(Banned.ContainsKey)
            .Select(access => $"{access}: {Banned[access]}."));

    private static readonly Rule WaitRule = new(
        _ => true,
        file => file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(IsSyncOverAsync).Select(access => $"{access}: await it."));

    /// <summary>A delay that no clock drives cannot be tested without waiting for it.</summary>
    private static readonly Rule DelayRule = new(
        _ => true,
        file => file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression.ToString() is "Task.Delay" && call.ArgumentList.Arguments.Count < 3)
            .Select(call => $"{call}: pass the TimeProvider and the cancellation."));

    private static readonly Rule AsyncVoidRule = new(
        _ => true,
        file => file.Methods.Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void")
            .Select(method => $"{method.Identifier}: its exception would end the process; return Task."));

    private static readonly Rule BareCatchRule = new(
        _ => true,
        file => file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
            .Where(clause => clause.Declaration is null && clause.Filter is null && !Rethrows(clause))
            .Select(clause => $"line {clause.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: a bare catch hides what happened."));

    private static readonly Rule DirectiveRule = new(
        _ => true,
        file => file.Root.DescendantTrivia()
            .Where(trivia => trivia.Kind() is SyntaxKind.RegionDirectiveTrivia or SyntaxKind.IfDirectiveTrivia)
            .Select(trivia => $"{trivia.ToString().Trim()}: no regions, no conditional compilation."));

    private static readonly Rule HttpClientRule = new(
        _ => true,
        file => file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Where(creation => creation.Type.ToString() == "HttpClient")
            .Select(_ => "new HttpClient: take one from IHttpClientFactory, which resolves names, retries and is seen by tests."));

    [Fact]
    public void Time_comes_from_a_TimeProvider_and_nothing_sleeps()
    {
        BannedRule.ShouldHoldIn(Repository.ProductSources());
        DelayRule.ShouldHoldIn(Repository.ProductSources());
    }

    [Fact]
    public void Tests_do_not_sleep()
    {
        BannedRule.ShouldHoldIn(Repository.Sources("Pamps.Tests"));
        var delays = DelayRule with { Violations = file => file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression.ToString() is "Task.Delay").Select(call => $"{call}: wait for the state with Eventually.") };
        delays.ShouldHoldIn(Repository.Sources("Pamps.Tests"));
    }

    [Fact]
    public void Nothing_waits_for_a_task_synchronously() => WaitRule.ShouldHoldIn([.. Repository.ProductSources(), .. Repository.Sources("Pamps.Tests")]);

    [Fact]
    public void Nothing_is_async_void() => AsyncVoidRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void No_catch_is_bare() => BareCatchRule.ShouldHoldIn([.. Repository.ProductSources(), .. Repository.Sources("standalone")]);

    [Fact]
    public void Nothing_is_compiled_conditionally() => DirectiveRule.ShouldHoldIn([.. Repository.ProductSources(), .. Repository.Sources("standalone", "Pamps.Tests")]);

    [Fact]
    public void Http_clients_come_from_the_factory() => HttpClientRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void The_rules_can_fail()
    {
        Assert.Single(BannedRule.FindsIn("A.cs", "class A { object B() => System.DateTime.Now; object C() => DateTime.UtcNow; }"));
        Assert.Single(BannedRule.FindsIn("A.cs", "class A { void B() { Thread.Sleep(1); } }"));
        Assert.Single(DelayRule.FindsIn("A.cs", "class A { async Task B() { await Task.Delay(1); } }"));
        Assert.Empty(DelayRule.FindsIn("A.cs", "class A { async Task B() { await Task.Delay(pause, clock, cancellationToken); } }"));
        Assert.Single(WaitRule.FindsIn("A.cs", "class A { int B() => ReadAsync().Result; }"));
        Assert.Single(WaitRule.FindsIn("A.cs", "class A { int B() => task.Result; }"));
        Assert.Single(WaitRule.FindsIn("A.cs", "class A { void B() => ReadAsync().Wait(); }"));
        Assert.Single(WaitRule.FindsIn("A.cs", "class A { int B() => ReadAsync().GetAwaiter().GetResult(); }"));
        Assert.Empty(WaitRule.FindsIn("A.cs", "class A { object B() => outcome.Result; }"));
        Assert.Single(AsyncVoidRule.FindsIn("A.cs", "class A { async void B() { } }"));
        Assert.Single(BareCatchRule.FindsIn("A.cs", "class A { void B() { try { } catch { } } }"));
        Assert.Empty(BareCatchRule.FindsIn("A.cs", "class A { void B() { try { } catch { Clean(); throw; } } }"));
        Assert.Single(DirectiveRule.FindsIn("A.cs", "#region A\n#endregion\n"));
        Assert.Single(DirectiveRule.FindsIn("A.cs", "#if DEBUG\n#endif\n"));
        Assert.Single(HttpClientRule.FindsIn("A.cs", "class A { object B() => new HttpClient(); }"));
    }

    private static bool Rethrows(CatchClauseSyntax clause) => clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax { Expression: null };

    // The outcome of a use case has a property Result too; a task is known by the call or the name before the dot.
    private static bool IsSyncOverAsync(MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText switch
    {
        "Result" => access.Expression is InvocationExpressionSyntax || access.Expression.ToString().EndsWith("task", StringComparison.OrdinalIgnoreCase),
        "Wait" => access.Parent is InvocationExpressionSyntax &&
            (access.Expression is InvocationExpressionSyntax || access.Expression.ToString().EndsWith("task", StringComparison.OrdinalIgnoreCase)),
        "GetResult" => access.Expression.ToString().EndsWith(".GetAwaiter()", StringComparison.Ordinal),
        _ => false,
    };
}
