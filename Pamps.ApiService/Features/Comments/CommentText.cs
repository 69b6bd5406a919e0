using System.Text;

namespace Pamps.ApiService.Features.Comments;

/// <summary>What a comment, or the name above it, may hold: any text that can be stored and shown again as it was written.</summary>
internal static class CommentText
{
    /// <summary>Composes letters (NFC) and trims; false when nothing is left or a control character other than a line break or tab is in it.</summary>
    public static bool TryClean(string? raw, out string text)
    {
        text = "";
        // Control characters cannot be stored (NUL) or stand in a feed of XML (the others).
        if (raw is null || raw.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || !TryCompose(raw, out text))
        {
            return false;
        }

        text = text.Trim();
        return text.Length > 0;
    }

    /// <summary>NFC; false for what is no text: halves of surrogate pairs and code points that are no characters, such as U+FFFE.</summary>
    public static bool TryCompose(string raw, out string text)
    {
        try
        {
            text = raw.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            text = "";
            return false;
        }
    }
}
