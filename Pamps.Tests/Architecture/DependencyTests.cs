using System.Xml.Linq;

namespace Pamps.Tests.Architecture;

/// <summary>Who may know whom. The order of the areas is drawn in docs/decisions.</summary>
public sealed class DependencyTests
{
    private const string Api = "Pamps.ApiService";

    // An area may name itself and those listed; Features, Adapters and Cli have rules of their own.
    private static readonly Dictionary<string, string[]> Areas = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Redis"] = [],
        ["Data"] = ["Contracts"],
        ["Outbox"] = ["Data"],
        ["Auth"] = ["Contracts", "Data", "Http"],
        ["Projections"] = ["Contracts", "Data", "Http"],
        ["Http"] = ["Contracts", "Data", "Redis", "Auth"],
    };

    private static readonly Rule AreaRule = new(
        file => file.Folders is [Api, var area, ..] && Areas.ContainsKey(area),
        file => AreasNamedBy(file)
            .Where(named => named != file.Folders[1] && !Areas[file.Folders[1]].Contains(named))
            .Select(named => $"{file.Folders[1]} must not know {named}."));

    private static readonly Rule FeatureRule = new(
        file => file.Folders is [Api, "Features", _, ..],
        file => FeaturesNamedBy(file).Where(feature => feature != file.Folders[2])
            .Select(feature => $"{file.Folders[2]} must not know {feature}: publish an event, or move the noun to Data, Projections or Http.")
            .Concat(AreasNamedBy(file).Where(area => area is "Adapters" or "Cli").Select(area => $"Features must not know {area}.")));

    private static readonly Rule ContractRule = new(
        file => file.Folders is [Api, "Contracts"],
        file => file.Root.Usings.Select(line => line.Name!.ToString())
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal))
            .Select(name => $"uses {name}; the wire knows nothing but the base library."));

    private static readonly Rule MigrationRule = new(
        file => file.Folders is ["Pamps.MigrationService", ..],
        file => AreasNamedBy(file).Where(area => area is not "Data" and not "Contracts").Select(area => $"may name {Api}.Data only, not {area}."));

    private static readonly Rule WebRule = new(
        file => file.Folders is ["Pamps.Web", ..],
        file => AreasNamedBy(file).Where(area => area is not "Contracts").Select(area => $"may name {Api}.Contracts only, not {area}."));

    private static readonly Rule StandaloneRule = new(
        file => file.Folders is ["standalone", ..],
        file => file.NamedNamespaces.Where(name => name.StartsWith("Pamps.", StringComparison.Ordinal)).Select(name => $"names {name}; the engine knows nothing of the app."));

    private static readonly Dictionary<string, string[]> References = new(StringComparer.Ordinal)
    {
        ["Pamps.AppHost"] = ["Pamps.ApiService", "Pamps.MigrationService", "Pamps.Web"],
        ["Pamps.ServiceDefaults"] = [],
        ["Pamps.ApiService"] = ["Pamps.ServiceDefaults"],
        ["Pamps.MigrationService"] = ["Pamps.ApiService", "Pamps.ServiceDefaults"],
        ["Pamps.Web"] = ["Pamps.ServiceDefaults"],
        ["Pamps.Tests"] = ["Pamps.AppHost", "Pamps.ApiService", "Pamps.MigrationService", "Pamps.Web"],
    };

    [Fact]
    public void Areas_of_the_API_know_only_what_lies_below_them() => AreaRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void Every_area_of_the_API_has_a_rule()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, Api)).Select(Path.GetFileName)
            .Where(folder => folder is not "Features" and not "Adapters" and not "Cli" and not "Properties" and not "wwwroot" and not "obj" and not "bin");

        Assert.Empty(folders.Except(Areas.Keys));
    }

    [Fact]
    public void A_feature_does_not_know_another() => FeatureRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void The_wire_knows_nothing_but_the_base_library() => ContractRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void The_migration_service_knows_the_data_only() => MigrationRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void The_site_knows_the_wire_only() => WebRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void The_standalone_engine_knows_nothing_of_the_app() => StandaloneRule.ShouldHoldIn(Repository.Sources("standalone"));

    [Fact]
    public void Projects_reference_each_other_as_drawn() =>
        Assert.Equal(
            References.ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value.Order(StringComparer.Ordinal))),
            References.Keys.ToDictionary(project => project, project => string.Join(", ", ProjectsReferencedBy(Repository.Read($"{project}/{project}.csproj")))));

    [Theory]
    [InlineData("StackExchange.Redis", "Pamps.ApiService/Redis/", "Pamps.ApiService/Features/Feeds/FeedStore.cs", "Pamps.ApiService/Features/Streams/StreamStore.cs", "Pamps.Web/Auth/")]
    [InlineData("UseNpgsql", "Pamps.ApiService/Data/DatabaseExtensions.cs")]
    [InlineData("SymmetricSecurityKey", "Pamps.ApiService/Auth/", "Pamps.ApiService/Features/Tokens/TokenIssuer.cs")]
    [InlineData("SigningCredentials", "Pamps.ApiService/Auth/", "Pamps.ApiService/Features/Tokens/TokenIssuer.cs")]
    public void Is_named_only_where_it_belongs(string name, params string[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        OnlyIn(name, places).ShouldHoldIn(Repository.ProductSources());
        Assert.Contains(Repository.ProductSources(), file => IsIn(file, places) && NamesOrUses(file, name));
    }

    [Fact]
    public void The_rules_can_fail()
    {
        Assert.Equal(["Data must not know Http."], AreaRule.FindsIn("Pamps.ApiService/Data/A.cs", "using Pamps.ApiService.Http;"));
        Assert.Equal(["Contracts must not know Data."], AreaRule.FindsIn("Pamps.ApiService/Contracts/A.cs", "record A(Pamps.ApiService.Data.Post Post);"));
        Assert.Equal(["Redis must not know Features."], AreaRule.FindsIn("Pamps.ApiService/Redis/A.cs", "using Pamps.ApiService.Features.Feeds;"));
        Assert.Empty(AreaRule.FindsIn("Pamps.ApiService/Data/A.cs", "using Pamps.ApiService.Contracts;"));

        Assert.Single(FeatureRule.FindsIn("Pamps.ApiService/Features/Posts/A.cs", "using Pamps.ApiService.Features.Likes;"));
        Assert.Single(FeatureRule.FindsIn("Pamps.ApiService/Features/Posts/A.cs", "namespace Pamps.ApiService.Features.Posts; class A { void B() => Features.Likes.LikePost.Go(); }"));
        Assert.Single(FeatureRule.FindsIn("Pamps.ApiService/Features/Posts/A.cs", "namespace Pamps.ApiService.Features.Posts; class A { void B() => Likes.LikePost.Go(); }"));
        Assert.Single(FeatureRule.FindsIn("Pamps.ApiService/Features/Posts/A.cs", "using Pamps.ApiService.Adapters;"));
        Assert.Empty(FeatureRule.FindsIn("Pamps.ApiService/Features/Posts/A.cs", "using Pamps.ApiService.Features.Posts; using Pamps.ApiService.Outbox;"));

        Assert.Single(ContractRule.FindsIn("Pamps.ApiService/Contracts/A.cs", "using Microsoft.EntityFrameworkCore;"));
        Assert.Single(MigrationRule.FindsIn("Pamps.MigrationService/A.cs", "using Pamps.ApiService.Features.Posts;"));
        Assert.Single(WebRule.FindsIn("Pamps.Web/A.cs", "using Pamps.ApiService.Data;"));
        Assert.Single(StandaloneRule.FindsIn("standalone/X/A.cs", "using Pamps.ServiceDefaults;"));
        Assert.Single(OnlyIn("UseNpgsql", ["Pamps.ApiService/Data/"]).FindsIn("Pamps.Web/A.cs", "class A { void B(O o) => o.UseNpgsql(); }"));
        Assert.Equal(["A"], ProjectsReferencedBy("""<Project><ItemGroup><ProjectReference Include="..\A\A.csproj" /></ItemGroup></Project>"""));
    }

    private static Rule OnlyIn(string name, string[] places) => new(
        file => !IsIn(file, places),
        file => NamesOrUses(file, name) ? [$"names {name}, which belongs to {string.Join(", ", places)}."] : []);

    private static bool IsIn(SourceFile file, string[] places) => places.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal));

    private static bool NamesOrUses(SourceFile file, string name) =>
        name.Contains('.', StringComparison.Ordinal) ? file.NamedNamespaces.Any(named => named.StartsWith(name, StringComparison.Ordinal)) : file.Names(name);

    private static IEnumerable<string> ProjectsReferencedBy(string project) =>
        XDocument.Parse(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal);

    /// <summary>Folders of the API that a file names, by full or relative namespace.</summary>
    private static IEnumerable<string> AreasNamedBy(SourceFile file) =>
        file.NamedNamespaces
            .Where(name => name.StartsWith(Api + ".", StringComparison.Ordinal))
            .Select(name => name.Split('.')[2])
            .Where(area => area is "Features" or "Adapters" or "Cli" || Areas.ContainsKey(area))
            .Distinct();

    private static IEnumerable<string> FeaturesNamedBy(SourceFile file) =>
        file.NamedNamespaces
            .Select(name => name.Split('.'))
            .Select(parts => parts switch
            {
                ["Pamps", "ApiService", "Features", var feature, ..] => feature,
                ["Features", var feature, ..] => feature,
                // A sibling namespace, seen from Pamps.ApiService.Features.X; properties of such a name do not call use cases.
                [var feature, var useCase, ..] when Repository.Has($"{Api}/Features/{feature}/{useCase}.cs") => feature,
                _ => "",
            })
            .Where(feature => feature.Length > 0)
            .Distinct();
}
