using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pamps.Tests.Architecture;

/// <summary>A C# file, parsed but not bound: the rules look at what is written.</summary>
/// <param name="path">Relative to the root, with slashes.</param>
/// <param name="text">What it says.</param>
internal sealed class SourceFile(string path, string text)
{
    /// <summary>Relative to the root, with slashes.</summary>
    public string Path { get; } = path;

    /// <summary>What it says.</summary>
    public string Text { get; } = text;

    /// <summary>The name without folder and ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folders, from the top.</summary>
    public IReadOnlyList<string> Folders => Path.Split('/')[..^1];

    /// <summary>The syntax tree.</summary>
    public CompilationUnitSyntax Root => field ??= CSharpSyntaxTree.ParseText(Text).GetCompilationUnitRoot();

    /// <summary>The types declared in it, nested ones too.</summary>
    public IEnumerable<BaseTypeDeclarationSyntax> Types => Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    /// <summary>The methods declared in it.</summary>
    public IEnumerable<MethodDeclarationSyntax> Methods => Root.DescendantNodes().OfType<MethodDeclarationSyntax>();

    /// <summary>The namespaces and types it names with their namespace: in <c>using</c> lines and in the code.</summary>
    public IEnumerable<string> NamedNamespaces =>
        Root.DescendantNodes().OfType<UsingDirectiveSyntax>().Select(line => line.NamespaceOrType.ToString())
            .Concat(Root.DescendantNodes().OfType<QualifiedNameSyntax>().Where(name => name.Parent is not QualifiedNameSyntax and not UsingDirectiveSyntax and not BaseNamespaceDeclarationSyntax).Select(name => name.ToString()))
            .Concat(Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(access => access.Parent is not MemberAccessExpressionSyntax).Select(access => access.ToString()))
            .Where(name => name.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_'))
            .Distinct();

    /// <summary>Whether an identifier occurs in the code.</summary>
    /// <param name="identifier">The identifier.</param>
    public bool Names(string identifier) =>
        Text.Contains(identifier, StringComparison.Ordinal) &&
        Root.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == identifier);

    /// <summary>The values of the string literals in it, pieces of interpolated ones too.</summary>
    public IEnumerable<string> Strings => Root.DescendantTokens()
        .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or
            SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken)
        .Select(token => token.ValueText);

    /// <inheritdoc />
    public override string ToString() => Path;
}
