namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Where <see cref="BoletoLayout"/> draws: a PDF page or an SVG picture. Positions and lengths are millimetres from the
/// upper left corner of an A4 sheet, text positions are baselines, font sizes are points.
/// </summary>
internal interface IBoletoCanvas
{
    void Line(double x1, double y1, double x2, double y2, double width);

    void DashedLine(double x1, double x2, double y);

    /// <summary>Writes from x rightwards, or so that the text ends at x.</summary>
    void Text(double x, double y, double size, string text, bool bold = false, bool endsAtX = false);

    /// <summary>Black bars on white: each with its first module and its width in modules, in a symbol of that many modules.</summary>
    void Bars(double x, double y, double width, double height, int modules, List<(int Start, int Width)> bars);

    /// <summary>A square symbol; the modules include the quiet zone.</summary>
    void Matrix(double x, double y, double size, QrMatrix modules);
}
