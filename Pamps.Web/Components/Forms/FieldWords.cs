using Microsoft.Extensions.Localization;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;
using Pamps.Web.Resources;

namespace Pamps.Web.Components.Forms;

/// <summary>
/// What is wrong with a field, in words for people. The API's messages are for programs: they name members, and patterns.
/// The sentence is found by what never changes, the problem's code and the field: <c>Problem.validation_failed.password</c>;
/// where there is none, the API's own is shown, which handlers write for people.
/// </summary>
internal static class FieldWords
{
    // What the sentences count to.
    private static readonly Dictionary<string, object[]> Limits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["username"] = [AccountLimits.UsernameMin, AccountLimits.UsernameMax],
        ["password"] = [AccountLimits.PasswordMin, AccountLimits.PasswordMax],
        ["newPassword"] = [AccountLimits.PasswordMin, AccountLimits.PasswordMax],
        ["displayName"] = [AccountLimits.DisplayNameMax],
        ["bio"] = [AccountLimits.BioMax],
        ["links"] = [AccountLimits.LinksMax],
        ["note"] = [ReportLimits.NoteMax],
        ["authorName"] = [CommentLimits.AuthorNameMax],
    };

    /// <summary>The fields of a problem, each once, with its words. A member of a list belongs to the field of the list.</summary>
    /// <param name="problem">Why the form was not taken.</param>
    /// <param name="text">The sentences.</param>
    public static IEnumerable<(string Field, string Words)> Of(ApiProblem problem, IStringLocalizer<Text> text) =>
        from error in problem.Errors
        group error.Value by error.Key.Split('[', '.')[0] into field
        select (field.Key, Of(problem.Code, field.Key, field.SelectMany(messages => messages), text));

    /// <summary>The words for one field; none when it is as it should be.</summary>
    /// <param name="problem">Why the form was not taken.</param>
    /// <param name="field">The field, by JSON name.</param>
    /// <param name="text">The sentences.</param>
    public static string? Of(ApiProblem? problem, string field, IStringLocalizer<Text> text) =>
        problem is null ? null : Of(problem, text).FirstOrDefault(known => string.Equals(known.Field, field, StringComparison.OrdinalIgnoreCase)).Words;

    private static string Of(string code, string field, IEnumerable<string> messages, IStringLocalizer<Text> text)
    {
        var words = text[$"Problem.{code}.{field}", Limits.GetValueOrDefault(field) ?? []];
        return words.ResourceNotFound ? string.Join(" ", messages.Distinct()) : words.Value;
    }
}
