using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Locus.Formats;

/// <summary>A picture that was read: its size and its elements, enough to put it on a page or to count what it shows.</summary>
public sealed class SvgDocument
{
    private readonly XElement root;

    private SvgDocument(XElement root, double width, double height)
    {
        this.root = root;
        Width = width;
        Height = height;
    }

    /// <summary>Width in pixels.</summary>
    public double Width { get; }

    /// <summary>Height in pixels.</summary>
    public double Height { get; }

    /// <summary>The title for screen readers; empty where there is none.</summary>
    public string Title => root.Element(root.Name.Namespace + "title")?.Value ?? "";

    /// <summary>All elements of a kind, in the order of the file.</summary>
    /// <param name="name">The element's name, such as path.</param>
    public IEnumerable<XElement> Elements(string name) => root.Descendants(root.Name.Namespace + name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileContentException">The file is no SVG picture with a size.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static SvgDocument Read(string path) => InputFile.Read(path, stream => Read(stream, path));

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <exception cref="FileContentException">The content is no SVG picture with a size.</exception>
    public static SvgDocument Read(Stream stream, string name)
    {
        try
        {
            // A document type could name other files and grow without bound.
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            if (root.Name != XName.Get("svg", SvgCanvas.Namespace)) throw FileContentException.AtLine(name, 1, $"the file begins with '{root.Name.LocalName}' where an svg element was expected");
            return new SvgDocument(root, Size(root, "width", name), Size(root, "height", name));
        }
        catch (XmlException error)
        {
            throw FileContentException.AtLine(name, Math.Max(1, error.LineNumber), $"the file is no valid XML ({error.Message})", error.LinePosition, error);
        }
    }

    private static double Size(XElement root, string attribute, string name)
    {
        var text = root.Attribute(attribute)?.Value ?? "";
        if (text.EndsWith("px", StringComparison.Ordinal)) text = text[..^2];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
            : throw FileContentException.AtLine(name, 1, $"the {attribute} of the picture is '{text}', a number of pixels was expected");
    }
}
