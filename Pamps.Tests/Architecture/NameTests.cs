using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pamps.Tests.Architecture;

/// <summary>Words that say nothing must not name anything: what does the class do, if it is a Helper?</summary>
public sealed partial class NameTests
{
    private static readonly Rule TypeRule = new(
        file => file.Types.Any(),
        file => file.Types.Select(type => type.Identifier.ValueText)
            .Where(name => SaysNothing().IsMatch(name))
            .Select(name => $"{name}: name it by what it is or does."));

    private static readonly Rule FolderRule = new(
        file => file.Folders.Count > 1,
        file => file.Folders.Skip(1).Where(folder => EmptyFolder().IsMatch(folder)).Select(folder => $"{folder}: name the folder by its subject."));

    private static readonly Rule PlaceRule = new(
        file => file.Types.Any(),
        file => file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
            .Where(declared => declared is not FileScopedNamespaceDeclarationSyntax || !Fits(declared.Name.ToString(), file))
            .Select(declared => $"namespace {declared.Name} must be file-scoped and match the folder."));

    // The template's file keeps the namespace it has in every Aspire solution; extension methods of hosts live there too.
    private static bool Fits(string declared, SourceFile file) =>
        declared == string.Join('.', file.Folders) || file.Path == "Pamps.ServiceDefaults/Extensions.cs";

    [Fact]
    public void Types_have_names_that_say_something() => TypeRule.ShouldHoldIn(OurSources());

    [Fact]
    public void Folders_have_names_that_say_something() => FolderRule.ShouldHoldIn(OurSources());

    [Fact]
    public void Namespaces_match_their_folders() => PlaceRule.ShouldHoldIn(OurSources());

    [Fact]
    public void The_rules_can_fail()
    {
        Assert.Single(TypeRule.FindsIn("Pamps.Web/A.cs", "class PostHelper;"));
        Assert.Single(TypeRule.FindsIn("Pamps.Web/A.cs", "class PostService;"));
        Assert.Single(TypeRule.FindsIn("Pamps.Web/A.cs", "record PostDto;"));
        Assert.Single(TypeRule.FindsIn("Pamps.Web/A.cs", "class UserManager;"));
        Assert.Single(TypeRule.FindsIn("Pamps.Web/A.cs", "class TokenUtils;"));
        Assert.Empty(TypeRule.FindsIn("Pamps.Web/A.cs", "class ServiceWorker; class Commonwealth; class Baseline;"));
        Assert.Single(FolderRule.FindsIn("Pamps.Web/Common/A.cs", ""));
        Assert.Single(FolderRule.FindsIn("Pamps.Web/Services/A.cs", ""));
        Assert.Single(PlaceRule.FindsIn("Pamps.Web/Auth/A.cs", "namespace Pamps.Web; class A;"));
        Assert.Single(PlaceRule.FindsIn("Pamps.Web/Auth/A.cs", "namespace Pamps.Web.Auth { class A; }"));
    }

    private static IEnumerable<SourceFile> OurSources() => [.. Repository.ProductSources(), .. Repository.Sources("Pamps.Tests")];

    [GeneratedRegex("^(Common|Shared|Helpers?|Utils?|Utility|Utilities|Misc)$|(Helpers?|Utils?|Utility|Utilities|Manager|Base|Impl|Service|Dto|DTO|Vm|ViewModel)$")]
    private static partial Regex SaysNothing();

    [GeneratedRegex("^(Common|Shared|Helpers?|Utils?|Utilities|Misc|Managers?|Services|Models|Dtos|Impl|Interfaces|Core)$")]
    private static partial Regex EmptyFolder();
}
