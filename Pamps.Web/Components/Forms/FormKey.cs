namespace Pamps.Web.Components.Forms;

/// <summary>
/// The idempotency key of a form: rendered with it, sent back with it, so that pressing twice does the thing once, with or
/// without scripts. What comes back is taken only in the shape that was rendered.
/// </summary>
internal static class FormKey
{
    /// <summary>A fresh key.</summary>
    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>The posted key, or a fresh one.</summary>
    public static string Of(string? posted) => Guid.TryParseExact(posted, "N", out var key) ? key.ToString("N") : New();
}
