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
        if (raw is null || raw.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || HasLoneSurrogate(raw))
        {
            return false;
        }

        text = raw.Normalize(NormalizationForm.FormC).Trim();
        return text.Length > 0;
    }

    /// <summary>Half a character, which neither normalisation nor UTF-8 can take.</summary>
    public static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return true;
            }
        }

        return false;
    }
}
