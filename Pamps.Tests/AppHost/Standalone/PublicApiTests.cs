using System.Reflection;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>
/// Each drop-in offers exactly what its <c>PublicApi.txt</c> declares, and that file is what was compared with the
/// real package. Whoever adds to it compares again.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly IReadOnlyList<string> Names = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "standalone"))
        .Select(folder => Path.GetFileName(folder))
        .Where(name => Repository.Has($"standalone/{name}/{name}.csproj"))
        .Order(StringComparer.Ordinal)];

    public static TheoryData<string> DropIns() => new(Names);

    [Theory]
    [MemberData(nameof(DropIns))]
    public void A_drop_in_offers_exactly_what_it_declares(string name)
    {
        var found = PublicSurface.Of(Assembly.Load(name));
        var file = Path.Combine(Repository.Root, "standalone", name, "PublicApi.txt");
        if (Environment.GetEnvironmentVariable("WRITE_PUBLIC_API") == "1")
        {
            File.WriteAllLines(file, found);
        }

        var declared = File.ReadAllLines(file);

        Assert.NotEmpty(found);
        var difference = Difference(declared, found);
        Assert.True(difference.Count == 0, $"{name} and its PublicApi.txt differ:\n{string.Join('\n', difference)}");
    }

    [Fact]
    public void There_are_drop_ins() => Assert.Contains("Aspire.Hosting", Names);

    [Fact]
    public void A_difference_names_the_type_and_both_sides()
    {
        string[] declared = ["class A", "  void B()", "  void C()"];
        string[] found = ["class A", "  void B()", "  int C()"];

        Assert.Equal(["- class A:   void C()", "+ class A:   int C()"], Difference(declared, found));
    }

    private static IReadOnlyList<string> Difference(IReadOnlyList<string> declared, IReadOnlyList<string> found) =>
    [
        .. WithType(declared).Except(WithType(found)).Select(line => "- " + line),
        .. WithType(found).Except(WithType(declared)).Select(line => "+ " + line),
    ];

    private static IEnumerable<string> WithType(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            type = line.StartsWith(' ') ? type : line;
            yield return line.StartsWith(' ') ? $"{type}: {line}" : line;
        }
    }
}
