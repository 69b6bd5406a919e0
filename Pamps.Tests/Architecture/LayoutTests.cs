namespace Pamps.Tests.Architecture;

/// <summary>What stands where a reader looks first.</summary>
public sealed class LayoutTests
{
    private static readonly string[] Prescribed =
    [
        "Pamps.ApiService", "Pamps.AppHost", "Pamps.MigrationService", "Pamps.ServiceDefaults", "Pamps.Tests", "Pamps.Web", "Pamps.sln", "README.md",
    ];

    private static readonly string[] Beside =
    [
        ".ci", ".config", ".editorconfig", ".gitattributes", ".github", ".gitignore", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        "LICENSE", "docs", "global.json", "standalone",
    ];

    // Made by builds, tools and editors; .gitignore keeps them out of the repository.
    private static readonly string[] NotKept = [".git", ".vs", ".idea", ".vscode", "artifacts", "TestResults", "node_modules"];

    private static readonly Rule LengthRule = new(
        file => file.Folders is [not "Pamps.Tests", ..],
        file => Lines(file.Text) is var lines and > LongestFile ? [$"has {lines} lines: it does more than one thing."] : []);

    private const int LongestFile = 350;

    [Fact]
    public void The_top_level_holds_what_is_prescribed() => Assert.All(Prescribed, name => Assert.True(Repository.Has(name), name));

    [Fact]
    public void The_top_level_holds_nothing_else() => Assert.Empty(Strangers(Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName)!));

    [Fact]
    public void Files_are_short_enough_to_be_read() => LengthRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void The_solution_names_every_project()
    {
        var solution = Repository.Read("Pamps.sln").Replace('\\', '/');
        var projects = Repository.Files([.. Repository.Product, "Pamps.Tests"], "*.csproj").ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rules_can_fail()
    {
        Assert.Equal(["Pamps.Core"], Strangers(["README.md", "docs", "artifacts", "Pamps.Core"]));
        Assert.Single(LengthRule.FindsIn("Pamps.Web/A.cs", new string('\n', LongestFile + 1)));
    }

    private static IEnumerable<string> Strangers(IEnumerable<string> names) =>
        names.Except(Prescribed).Except(Beside).Except(NotKept).Where(name => !name.EndsWith(".user", StringComparison.Ordinal));

    private static int Lines(string text) => text.Count(letter => letter == '\n');
}
