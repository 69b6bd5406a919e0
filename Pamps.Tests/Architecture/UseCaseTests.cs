using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pamps.Tests.Architecture;

/// <summary>One file per use case, a table of routes per feature, and a test beside each.</summary>
public sealed partial class UseCaseTests
{
    private static readonly Rule HandlerRule = new(
        IsUseCase,
        file =>
        [
            .. Handlers(file).Skip(1).Select(_ => "has more than one HandleAsync."),
            .. Handlers(file).Where(handler => !HasSummary(handler)).Select(_ => "HandleAsync has no /// <summary>; it is the operation's documentation."),
            .. Handlers(file).Where(handler => NamesType(handler.ReturnType, "IResult"))
                .Select(_ => "HandleAsync returns IResult; list every outcome in Results<…>."),
            .. Handlers(file).Where(handler => handler.Parent is TypeDeclarationSyntax type && type.Identifier.ValueText != file.Name)
                .Select(_ => "the class must have the name of the file."),
        ]);

    private static readonly Rule RouteTableRule = new(
        file => file.Folders is ["Pamps.ApiService", "Features", ..] && file.Name.EndsWith("Endpoints", StringComparison.Ordinal),
        file => Routes(file).SelectMany(route => RouteViolations(file, route)));

    [Fact]
    public void A_use_case_is_one_documented_handler_that_lists_its_outcomes() => HandlerRule.ShouldHoldIn(Repository.Sources("Pamps.ApiService/Features"));

    [Fact]
    public void Route_tables_name_handlers_and_operations_and_hold_no_bodies() => RouteTableRule.ShouldHoldIn(Repository.Sources("Pamps.ApiService/Features"));

    [Fact]
    public void Every_use_case_is_in_a_route_table()
    {
        var files = Repository.Sources("Pamps.ApiService/Features");
        var routed = files.Where(RouteTableRule.Concerns).SelectMany(Routes).Select(HandlerOf).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(routed);
        Assert.Empty(files.Where(IsUseCase).Select(file => $"{file.Name}.HandleAsync").Except(routed));
    }

    [Fact]
    public void Names_of_use_cases_are_unique_in_the_solution()
    {
        var names = Repository.Sources("Pamps.ApiService/Features").Where(IsUseCase).Select(file => file.Name).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Tests_mirror_the_features()
    {
        var features = FoldersWithUseCases();
        var tested = Repository.Sources("Pamps.Tests/Features").Select(file => file.Folders[2]).Distinct().ToList();

        Assert.NotEmpty(features);
        Assert.Empty(features.Except(tested).Select(feature => $"{feature} has no tests in Pamps.Tests/Features/{feature}"));
        Assert.Empty(tested.Where(folder => !Repository.Has($"Pamps.ApiService/Features/{folder}")).Select(folder => $"{folder} is no feature"));
    }

    [Fact]
    public void The_rules_can_fail()
    {
        const string Path = "Pamps.ApiService/Features/Posts/GetPost.cs";
        Assert.Single(HandlerRule.FindsIn(Path, "static class GetPost { public static async Task<Ok<Post>> HandleAsync() { } }"));
        Assert.Single(HandlerRule.FindsIn(Path, "static class GetPost { /// <summary>A.</summary>\n public static async Task<IResult> HandleAsync() { } }"));
        Assert.Single(HandlerRule.FindsIn(Path, "static class Get { /// <summary>A.</summary>\n public static async Task<Ok> HandleAsync() { } }"));
        Assert.Single(HandlerRule.FindsIn(Path, """
            static class GetPost {
                /// <summary>A.</summary>
                public static Task<Ok> HandleAsync() { }
                /// <summary>B.</summary>
                public static Task<Ok> HandleAsync(int id) { } }
            """));
        Assert.Empty(HandlerRule.FindsIn(Path, "static class GetPost { /// <summary>A.</summary>\n public static Task<Results<Ok, NotFound>> HandleAsync() { } }"));
        Assert.Empty(HandlerRule.FindsIn(Path, "class FanOut : IEventHandler<PostCreated> { public Task HandleAsync(PostCreated e) { } }"));

        const string Table = "Pamps.ApiService/Features/Posts/PostEndpoints.cs";
        Assert.Empty(RouteTableRule.FindsIn(Table, "class E { void M() { posts.MapGet(\"/\", GetPost.HandleAsync).WithName(nameof(GetPost)); } }"));
        Assert.Single(RouteTableRule.FindsIn(Table, "class E { void M() { posts.MapGet(\"/\", GetPost.HandleAsync); } }"));
        Assert.Empty(RouteTableRule.FindsIn(Table, "class E { void M() => posts.MapGet(\"/\", GetPost.HandleByNameAsync).WithName(\"GetPostByName\"); }"));
        Assert.Single(RouteTableRule.FindsIn(Table, "class E { void M() { posts.MapGet(\"/\", () => 1).WithName(nameof(GetPost)); } }"));
    }

    private static bool IsUseCase(SourceFile file) =>
        file.Folders is ["Pamps.ApiService", "Features", _] && Handlers(file).Any();

    /// <summary>Handlers of requests are static; handlers of events are not.</summary>
    private static IEnumerable<MethodDeclarationSyntax> Handlers(SourceFile file) =>
        file.Methods.Where(method => method.Identifier.ValueText == "HandleAsync" && method.Modifiers.Any(SyntaxKind.StaticKeyword));

    private static bool HasSummary(MethodDeclarationSyntax method) =>
        method.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
            .Any(comment => comment.ToString().Contains("<summary>", StringComparison.Ordinal));

    private static bool NamesType(TypeSyntax type, string name) =>
        type.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name);

    private static IEnumerable<InvocationExpressionSyntax> Routes(SourceFile file) =>
        file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MapGet" or "MapPost" or "MapPut" or "MapPatch" or "MapDelete" or "MapMethods" or "Map" });

    private static string HandlerOf(InvocationExpressionSyntax route) => route.ArgumentList.Arguments[^1].ToString();

    private static IEnumerable<string> RouteViolations(SourceFile file, InvocationExpressionSyntax route)
    {
        var handler = HandlerOf(route);
        if (route.ArgumentList.Arguments[^1].Expression is not MemberAccessExpressionSyntax || !Handler().IsMatch(handler))
        {
            yield return $"{route.ArgumentList.Arguments[0]}: the table names the handler of a use case and has no bodies.";
        }

        var statement = (SyntaxNode?)route.FirstAncestorOrSelf<StatementSyntax>() ?? route.FirstAncestorOrSelf<ArrowExpressionClauseSyntax>();
        if (statement is null || !statement.ToString().Contains(".WithName(", StringComparison.Ordinal))
        {
            yield return $"{route.ArgumentList.Arguments[0]}: the operation has no name.";
        }
    }

    // A use case may have several ways in, such as HandleByIdAsync.
    [GeneratedRegex(@"^[A-Z]\w+\.[A-Z]\w+$")]
    private static partial Regex Handler();

    private static List<string> FoldersWithUseCases() =>
        [.. Repository.Sources("Pamps.ApiService/Features").Where(IsUseCase).Select(file => file.Folders[2]).Distinct()];
}
