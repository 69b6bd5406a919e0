using Xunit.Sdk;

namespace Pamps.Tests.Architecture;

/// <summary>A rule that source files keep: a function from a file to what is wrong with it.</summary>
/// <param name="Concerns">Which files it looks at.</param>
/// <param name="Violations">What is wrong with a file, each in words.</param>
internal sealed record Rule(Func<SourceFile, bool> Concerns, Func<SourceFile, IEnumerable<string>> Violations)
{
    /// <summary>Asserts that the rule looks at something at all (a renamed folder must not silence it) and is kept.</summary>
    /// <param name="files">Candidates.</param>
    public void ShouldHoldIn(IEnumerable<SourceFile> files)
    {
        var concerned = files.Where(Concerns).ToList();
        if (concerned.Count == 0)
        {
            throw new XunitException("The rule matches no file: has something been renamed?");
        }

        var found = concerned.SelectMany(file => Violations(file).Select(violation => $"{file.Path}: {violation}")).ToList();
        if (found.Count > 0)
        {
            throw new XunitException(string.Join('\n', found));
        }
    }

    /// <summary>What the rule finds in made-up text: the proof that it can fail.</summary>
    /// <param name="path">The path that the text pretends to have.</param>
    /// <param name="text">The text.</param>
    public IReadOnlyList<string> FindsIn(string path, string text)
    {
        var file = new SourceFile(path, text);
        return Concerns(file) ? [.. Violations(file)] : [];
    }
}
