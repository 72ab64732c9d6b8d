using System.Globalization;
using System.Text;
using System.Xml;

namespace Locus.Formats;

/// <summary>
/// Writes SVG 1.1, element by element. The picture stands alone as a file and inside an HTML page: it carries its own background and fonts,
/// and uses neither ids nor style sheets, which pictures on one page would share.
/// </summary>
public sealed class SvgCanvas
{
    /// <summary>The namespace of SVG elements.</summary>
    public const string Namespace = "http://www.w3.org/2000/svg";

    private readonly StringBuilder text = new();
    private readonly XmlWriter writer;

    /// <summary>An empty picture on a light background.</summary>
    /// <param name="width">Width in pixels, above 0.</param>
    /// <param name="height">Height in pixels, above 0.</param>
    /// <param name="title">What the picture shows, read out by screen readers; may be empty.</param>
    public SvgCanvas(double width, double height, string title = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        writer.WriteStartElement("svg", Namespace);
        Set("width", width).Set("height", height).Set("viewBox", $"0 0 {Number(width)} {Number(height)}");
        Set("role", "img").Set("font-family", "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif").Set("font-size", 11);
        if (title.Length > 0) Begin("title").Content(title).End();
        Begin("rect").Set("width", width).Set("height", height).Set("fill", SvgPalette.Background).End();
    }

    /// <summary>The text of a number: at most two decimals, with a point.</summary>
    /// <param name="value">A finite number.</param>
    public static string Number(double value)
    {
        // + 0.0 turns -0 into 0.
        var rounded = Math.Round(value, 2) + 0.0;
        return rounded.ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Opens an element; attributes follow, then content, then <see cref="End"/>.</summary>
    /// <param name="name">The element's name.</param>
    public SvgCanvas Begin(string name)
    {
        writer.WriteStartElement(name, Namespace);
        return this;
    }

    /// <summary>Gives the open element an attribute.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">Its value; escaped here.</param>
    public SvgCanvas Set(string name, string value)
    {
        writer.WriteAttributeString(name, Clean(value));
        return this;
    }

    /// <summary>Gives the open element an attribute.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">Its value, see <see cref="Number"/>.</param>
    public SvgCanvas Set(string name, double value) => Set(name, Number(value));

    /// <summary>Writes text into the open element.</summary>
    /// <param name="content">The text; escaped here.</param>
    public SvgCanvas Content(string content)
    {
        writer.WriteString(Clean(content));
        return this;
    }

    /// <summary>Closes the open element.</summary>
    public SvgCanvas End()
    {
        writer.WriteEndElement();
        return this;
    }

    /// <summary>Writes a line of text.</summary>
    /// <param name="x">Place of the anchor, pixels from the left.</param>
    /// <param name="y">Base line, pixels from the top.</param>
    /// <param name="content">The text.</param>
    /// <param name="anchor">start, middle or end: which part of the text lies at x.</param>
    /// <param name="color">Any SVG colour.</param>
    /// <param name="attributes">Further attributes, name and value.</param>
    public SvgCanvas Text(double x, double y, string content, string anchor = "start", string color = SvgPalette.Ink, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin("text").Set("x", x).Set("y", y).Set("fill", color);
        if (anchor != "start") Set("text-anchor", anchor);
        foreach (var (name, value) in attributes) Set(name, value);
        return Content(content).End();
    }

    /// <summary>Ends the picture and gives its text, without an XML declaration, so that it fits into an HTML page too.</summary>
    public string Finish()
    {
        writer.WriteEndElement();
        writer.Close();
        return text.Append('\n').ToString();
    }

    // XML has no way to write most control characters or half a surrogate pair.
    private static string Clean(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (XmlConvert.IsXmlChar(value[i])) continue;
            if (i + 1 < value.Length && XmlConvert.IsXmlSurrogatePair(value[i + 1], value[i])) i++;
            else value = string.Concat(value.AsSpan(0, i), "\uFFFD", value.AsSpan(i + 1));
        }
        return value;
    }
}
