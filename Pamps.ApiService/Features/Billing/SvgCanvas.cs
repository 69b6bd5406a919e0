using System.Globalization;
using System.Net;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Draws into an SVG picture of the sheet, in millimetres, with presentation attributes alone: a style attribute or
/// element would be blocked by the content security policy.
/// </summary>
internal sealed class SvgCanvas : IBoletoCanvas
{
    private const double MillimetresPerPoint = 25.4 / 72;

    private readonly StringBuilder _svg = new();

    public void Line(double x1, double y1, double x2, double y2, double width) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1:0.##} {y1:0.##}L{x2:0.##} {y2:0.##}\" stroke=\"#000\" stroke-width=\"{width:0.##}\"/>\n");

    public void DashedLine(double x1, double x2, double y) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1:0.##} {y:0.##}H{x2:0.##}\" stroke=\"#000\" stroke-width=\"0.2\" stroke-dasharray=\"1 1\"/>\n");

    public void Text(double x, double y, double size, string text, bool bold = false, bool endsAtX = false) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" font-size=\"{size * MillimetresPerPoint:0.###}\"{(bold ? " font-weight=\"700\"" : "")}{(endsAtX ? " text-anchor=\"end\"" : "")}>{WebUtility.HtmlEncode(text)}</text>\n");

    public void Bars(double x, double y, double width, double height, int modules, List<(int Start, int Width)> bars)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<path shape-rendering=\"crispEdges\" transform=\"translate({x:0.##} {y:0.##}) scale({width / modules:0.######} {height:0.##})\" d=\"");
        foreach (var (start, barWidth) in bars)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"M{start} 0h{barWidth}v1h-{barWidth}z");
        }

        _svg.Append("\"/>\n");
    }

    public void Matrix(double x, double y, double size, QrMatrix modules)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<path shape-rendering=\"crispEdges\" transform=\"translate({x:0.##} {y:0.##}) scale({size / modules.Size:0.######})\" d=\"");
        for (var row = 0; row < modules.Size; row++)
        {
            foreach (var (start, length) in modules.Runs(row))
            {
                _svg.Append(CultureInfo.InvariantCulture, $"M{start} {row}h{length}v1h-{length}z");
            }
        }

        _svg.Append("\"/>\n");
    }

    public override string ToString() => _svg.ToString();
}
