using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.Web.Components;

/// <summary>Both languages say the same things, and every sentence that a page asks for is there.</summary>
public sealed partial class TextTests
{
    private static readonly Dictionary<string, string> English = Read("Text.resx");
    private static readonly Dictionary<string, string> Portuguese = Read("Text.pt-BR.resx");

    [Fact]
    public void Both_languages_have_the_same_sentences()
    {
        Assert.NotEmpty(English);
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Portuguese.Keys.Order(StringComparer.Ordinal));
        Assert.All(English.Concat(Portuguese), sentence => Assert.False(string.IsNullOrEmpty(sentence.Value), sentence.Key));
    }

    [Fact]
    public void Both_languages_fill_in_the_same_values() =>
        Assert.All(English.Keys, name => Assert.Equal(Places(English[name]), Places(Portuguese[name])));

    [Fact]
    public void Every_sentence_asked_for_is_there()
    {
        var sources = Repository.Files(["Pamps.Web"], "*.razor").Concat(Repository.Files(["Pamps.Web"], "*.cs")).Select(Repository.Read).ToList();
        var asked = sources.SelectMany(source => Asked().Matches(source)).Select(match => match.Groups[1].Value)
            .Concat(sources.SelectMany(source => Counted().Matches(source)).SelectMany(match => new[] { match.Groups[1].Value + ".one", match.Groups[1].Value + ".other" }))
            .ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(English.Keys));
    }

    [Theory]
    [InlineData(typeof(RowErrorCodes), "RowReason.")]
    [InlineData(typeof(BoletoErrorCodes), "BoletoError.")]
    public void Every_code_of_what_went_wrong_has_its_sentence_and_no_sentence_is_left_over(Type all, string prefix)
    {
        var codes = all.GetFields().Select(code => prefix + code.GetRawConstantValue());

        Assert.Equal(codes.Order(StringComparer.Ordinal), English.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_that_the_API_may_refuse_has_words_for_people()
    {
        var fields = Repository.Files(["Pamps.Web/Components"], "*.razor").SelectMany(path => RefusedField().Matches(Repository.Read(path))).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.True(fields.Count > 8, $"{fields.Count} fields");
        // What is wrong with a text depends on the text, and the API says it.
        Assert.Equal([], fields.Where(field => field != "text" && !English.ContainsKey($"Problem.validation_failed.{field}")).ToList());
    }

    [Fact]
    public void Components_hold_no_sentences_of_their_own()
    {
        var literal = Repository.Files(["Pamps.Web/Components"], "*.razor")
            .SelectMany(path => Literal().Matches(WithoutCode(Repository.Read(path))).Select(match => $"{path}: {match.Value}"))
            .ToList();

        Assert.Empty(literal);
        Assert.Matches(Literal(), "<p>Some words</p>");
    }

    private static string WithoutCode(string source) => Code().Replace(source, "");

    private static string Places(string sentence) => string.Join(' ', Place().Matches(sentence).Select(match => match.Value).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Read(string name) =>
        XDocument.Parse(Repository.Read($"Pamps.Web/Resources/{name}")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\b(?:L|text)\[""([^""{]+)""[\],]")]
    private static partial Regex Asked();

    [GeneratedRegex(@"L\.Count\(""([^""]+)""")]
    private static partial Regex Counted();

    [GeneratedRegex(@"<Field Name=""(\w+)""[^>]*?Problem=", RegexOptions.Singleline)]
    private static partial Regex RefusedField();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    // Two words of letters between tags; names of the product, of languages and of standards are no sentences.
    [GeneratedRegex(@"(?<=>)\s*(?!Português|English)\p{L}{2,} \p{L}{2,}[^<@]*(?=<)")]
    private static partial Regex Literal();

    [GeneratedRegex(@"@code \{.*|@\*.*?\*@|<code>.*?</code>|@\([^)]*\)|@(?:if|foreach|switch|else)[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Code();
}
