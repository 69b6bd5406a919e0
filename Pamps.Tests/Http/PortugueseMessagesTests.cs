using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.Http;

/// <summary>Who asks for Portuguese is told in Portuguese what went wrong.</summary>
public sealed class PortugueseMessagesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public void Every_code_has_a_title_in_both_languages()
    {
        var codes = typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(codes);
        Assert.Equal(codes.Order(), ProblemTexts.All.Keys.Order());
        Assert.All(ProblemTexts.All.Values, texts => Assert.True(texts.English.Length > 5 && texts.Portuguese.Length > 5 && texts.English != texts.Portuguese));
    }

    [Fact]
    public void Every_sentence_of_a_refusal_is_translated()
    {
        // No operation answers with what is wrong with the number of a boleto or a Pix code: Pamps reads its own alone.
        string[] readers = ["BoletoNumber.cs", "PixCode.cs"];
        var sentences = Repository.Sources("Pamps.ApiService")
            .Where(file => !file.Folders.Contains("Adapters") && !file.Folders.Contains("Cli") && !readers.Contains(Path.GetFileName(file.Path))).SelectMany(SentencesIn).Distinct().ToList();

        Assert.True(sentences.Count > 60, $"Only {sentences.Count} sentences were found.");
        var missing = sentences.Where(sentence => PortugueseMessages.Find(sentence) is null).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.Null(PortugueseMessages.Find("A sentence that nobody has translated."));
    }

    [Fact]
    public void Every_message_of_validation_is_translated()
    {
        var messages = typeof(RegisterAccountRequest).Assembly.GetTypes().Where(type => type.Namespace == typeof(RegisterAccountRequest).Namespace)
            .SelectMany(type => type.GetProperties())
            .SelectMany(property => property.GetCustomAttributes<ValidationAttribute>().Select(attribute => attribute.FormatErrorMessage(property.Name)))
            .Distinct().ToList();

        Assert.True(messages.Count > 20, $"Only {messages.Count} messages were found.");
        Assert.Equal([], messages.Where(message => PortugueseMessages.Find(message) is null).ToList());
    }

    [Theory]
    [InlineData("pt-BR", "Um ou mais campos não seguem as regras.", "O campo Username deve ter de 3 a 30 caracteres.", "O campo Email não é um e-mail válido.")]
    [InlineData("en", "One or more members break their rules.", "The field Username must be a string with a minimum length of 3 and a maximum length of 30.", "The Email field is not a valid e-mail address.")]
    public async Task Validation_speaks_the_language_of_the_caller(string language, string title, string username, string email)
    {
        using var response = await SendAsync(language, "/api/v1/accounts", JsonContent.Create(new { username = "ab", email = "nobody", password = "long and uncommon" }));

        var problem = await response.ShouldBeProblemAsync(400, "validation_failed", "username", "email");
        Assert.Equal(title, problem.Title);
        Assert.Equal([username], problem.Errors!["username"]);
        Assert.Equal([email], problem.Errors["email"]);
    }

    [Theory]
    [InlineData("pt", "O acesso não é válido.", "O nome de usuário ou a senha não está certo.")]
    [InlineData("de, en;q=0.5, pt;q=0.4", "The sign-in is not valid.", "The user name or the password is not right.")]
    public async Task Details_speak_the_language_of_the_caller_and_codes_never_change(string language, string title, string detail)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = "nobody_here", ["password"] = "wrong" });
        using var response = await SendAsync(language, "/api/v1/oauth/token", form);

        var problem = await response.ShouldBeProblemAsync(400, "invalid_grant");
        Assert.Equal((title, detail), (problem.Title, problem.Detail));
    }

    [Fact]
    public async Task What_differs_is_kept()
    {
        var ana = await api.SignedInAs("ana");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/relationships?ids=x");
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("pt-BR"));

        using var response = await ana.Http.SendAsync(request);

        var problem = await response.ShouldBeProblemAsync(400, "validation_failed", "ids");
        Assert.Matches("^Devem ser de 1 a [0-9]+ ids de contas\\.$", problem.Errors!["ids"].Single());
    }

    private async Task<HttpResponseMessage> SendAsync(string language, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await api.Anonymous.SendAsync(request);
    }

    /// <summary>Texts given to what makes problems, and constants named as rules or messages; holes are filled with a number.</summary>
    private static IEnumerable<string> SentencesIn(SourceFile file)
    {
        var arguments = file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression.ToString() is var name && (name.StartsWith("Problems.", StringComparison.Ordinal) || name.StartsWith("TokenProblems.", StringComparison.Ordinal)))
            .SelectMany(call => call.ArgumentList.DescendantNodes());
        var constants = file.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(field => field.Identifier.ValueText is "Refusal" || field.Identifier.ValueText.EndsWith("Rule", StringComparison.Ordinal) || field.Identifier.ValueText.EndsWith("Message", StringComparison.Ordinal))
            .SelectMany(field => field.DescendantNodes());
        var assigned = file.Root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left.ToString() is "problem" || assignment.Left.ToString().StartsWith("errors[", StringComparison.Ordinal))
            .SelectMany(assignment => assignment.Right.DescendantNodesAndSelf());
        return arguments.Concat(constants).Concat(assigned).Select(TextOf).OfType<string>()
            .Where(text => char.IsAsciiLetterUpper(text[0]) && text.Contains(' ', StringComparison.Ordinal) && text.EndsWith('.'));
    }

    private static string? TextOf(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText.Length > 0 => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax text when text.Contents.Count > 0 => string.Concat(text.Contents.Select(part => part is InterpolatedStringTextSyntax fixedText ? fixedText.TextToken.ValueText : "7")),
        _ => null,
    };
}
