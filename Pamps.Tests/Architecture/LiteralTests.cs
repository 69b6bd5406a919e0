using System.Reflection;
using System.Text.RegularExpressions;
using Pamps.ApiService.Contracts;
using Pamps.ServiceDefaults;

namespace Pamps.Tests.Architecture;

/// <summary>Words that two places must agree on are written once and named everywhere else.</summary>
public sealed partial class LiteralTests
{
    // What the keys begin with, such as "feed:", as RedisKeys itself says.
    private static readonly Lazy<HashSet<string>> RedisKeyStarts = new(() =>
    [
        .. Repository.Sources("Pamps.ApiService/Redis").Where(file => file.Name is "RedisKeys").SelectMany(file => file.Strings)
            .Where(text => text.Contains(':', StringComparison.Ordinal) && char.IsAsciiLetterLower(text[0])).Select(text => text[..(text.IndexOf(':', StringComparison.Ordinal) + 1)]),
    ]);

    private static readonly Rule ResourceNameRule = new(
        file => file.Name is not "ResourceNames",
        file => file.Strings.Where(Constants(typeof(ResourceNames)).Contains).Select(word => $"\"{word}\": name it by ResourceNames."));

    private static readonly Rule ProblemCodeRule = new(
        // Older APIs and OAuth (RFC 6749) have words of their own that happen to be spelled alike.
        file => file.Folders is ["Pamps.ApiService", ..] && file.Name is not "ProblemCodes" and not "TokenProblems" && !file.Folders.Contains("Adapters"),
        file => file.Strings.Where(word => word.Contains('_', StringComparison.Ordinal) && Constants(typeof(ProblemCodes)).Contains(word))
            .Select(word => $"\"{word}\": name it by ProblemCodes."));

    private static readonly Rule RedisKeyRule = new(
        file => file.Name is not "RedisKeys" && file.Folders is ["Pamps.ApiService", ..] &&
            file.NamedNamespaces.Any(name => name.StartsWith("StackExchange.Redis", StringComparison.Ordinal)),
        file => file.Strings.Where(text => RedisKeyStarts.Value.Any(start => text.StartsWith(start, StringComparison.Ordinal)))
            .Select(text => $"\"{text}\": keys are made in RedisKeys."));

    private static readonly Rule MachineRule = new(
        _ => true,
        file => file.Strings.Where(text => MachinePath().IsMatch(text)).Select(text => $"\"{text}\": a path of one machine."));

    [Fact]
    public void Names_of_resources_are_written_once() => ResourceNameRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void Codes_of_problems_are_written_once() => ProblemCodeRule.ShouldHoldIn(Repository.ProductSources());

    [Fact]
    public void Keys_in_Redis_are_made_in_one_file()
    {
        Assert.NotEmpty(RedisKeyStarts.Value);
        RedisKeyRule.ShouldHoldIn(Repository.ProductSources());
    }

    [Fact]
    public void No_path_of_one_machine_is_written() => MachineRule.ShouldHoldIn([.. Repository.ProductSources(), .. Repository.Sources("standalone")]);

    [Fact]
    public void Every_problem_code_is_unique_and_in_snake_case()
    {
        var codes = typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(codes);
        Assert.Equal(codes.Distinct(), codes);
        Assert.All(codes, code => Assert.Matches("^[a-z]+(_[a-z]+)*$", code));
    }

    [Fact]
    public void The_rules_can_fail()
    {
        Assert.Single(ResourceNameRule.FindsIn("Pamps.Web/A.cs", "class A { string B = \"pampsdb\"; }"));
        Assert.Empty(ResourceNameRule.FindsIn("Pamps.Web/A.cs", "class A { string B = ResourceNames.Database; }"));
        Assert.Single(ProblemCodeRule.FindsIn("Pamps.ApiService/A.cs", "class A { string B = \"validation_failed\"; }"));
        Assert.Single(RedisKeyRule.FindsIn("Pamps.ApiService/A.cs", "using StackExchange.Redis; class A { string B = $\"feed:home:{id}\"; }"));
        Assert.Single(RedisKeyRule.FindsIn("Pamps.ApiService/A.cs", "using StackExchange.Redis; class A { string B = \"stream:\"; }"));
        Assert.Single(MachineRule.FindsIn("Pamps.Web/A.cs", "class A { string B = \"/home/ana/pamps\"; }"));
    }

    private static HashSet<string> Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [GeneratedRegex("^(/home/|/root/|/Users/|[A-Z]:\\\\Users)")]
    private static partial Regex MachinePath();
}
