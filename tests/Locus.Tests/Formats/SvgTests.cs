using System.Text;
using Locus.Formats;

namespace Locus.Tests.Formats;

public class SvgTests
{
    private static Figure Small() => new(
        new Plot { Title = "A set & its <samples>", X = new("x0"), Y = new("x1"), EqualScale = true }
            .Region(Disk(9), 1, "true set").Scatter([0, 0, 0.5, 0.5, -0.5, 0.25], name: "samples"),
        new Plot { Title = "Training", X = new("epoch"), Y = new("slack", Logarithmic: true) }
            .Line([1, 2, 3, 4, 5], [0.5, 0.05, double.NaN, 0.004, 0], "slack").Line([1, 5], [0.3, 0.01], "target", dashed: true).Reference(0.001, "floor"),
        new Plot { Title = "Flow" }.Flow([0, 2, 1, 2, 0, 1, 1, 1, 0.25, 0, 0.75, 0], 2))
    { Title = "Three \"panels\"" };

    [Fact]
    public void The_bytes_are_those_of_the_golden_file() => Assert.Equal(Encoding.UTF8.GetString(Golden.Bytes("figure.svg")), Small().Draw());

    [Fact]
    public void The_file_is_read_back_with_its_size_texts_and_points()
    {
        using var folder = new TemporaryFolder();
        Small().Write(folder["a.svg"]);
        var svg = SvgDocument.Read(folder["a.svg"]);
        Assert.Equal((976, 358, "Three \"panels\""), (svg.Width, svg.Height, svg.Title));
        var texts = svg.Elements("text").Select(text => text.Value).ToList();
        foreach (var text in (string[])["A set & its <samples>", "true set", "epoch", "slack", "floor", "10⁻³", "0.1", "Flow"]) Assert.Contains(text, texts);
        Assert.Equal([3, 1, 2, 2], svg.Elements("path").Select(path => Count(path.Attribute("d")!.Value, "h0")).Where(count => count > 0));
        // Nothing that two pictures on one page would share.
        Assert.DoesNotContain(svg.Elements("svg").Concat(svg.Elements("path")).SelectMany(element => element.Attributes()), attribute => attribute.Name.LocalName is "id" or "class" or "style");
    }

    [Fact]
    public void Ten_thousand_points_stay_small_and_all_are_there()
    {
        var random = new Random(1);
        var points = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() * 3 - 1.5).ToArray();
        var svg = new Figure(new Plot().Scatter(points)).Draw();
        Assert.Equal(10_000, Count(svg, "h0"));
        Assert.InRange(Encoding.UTF8.GetByteCount(svg), 50_000, 150_000);
    }

    [Fact]
    public void Points_that_the_axes_leave_out_are_counted()
    {
        var svg = new Figure(new Plot { X = new("", -1, 1), Y = new("", -1, 1) }.Scatter([0, 0, 2, 0, 0, double.NaN, 0, -5, 1, 1])).Draw();
        Assert.Contains(">3 outside<", svg, StringComparison.Ordinal);
        Assert.Equal(2, Count(svg, "h0"));
    }

    [Fact]
    public void Any_coordinate_of_points_in_many_dimensions_can_be_shown()
    {
        var plot = new Plot { X = new("", 0, 10), Y = new("", 0, 10) }.Scatter([1, 2, 3, 4, 5, 6], dimension: 3, horizontal: 2, vertical: 1);
        var mark = Assert.IsType<ScatterMark>(Assert.Single(plot.Marks));
        var extent = new PlotExtent(plot.X, plot.Y);
        mark.Measure(extent);
        Assert.Equal((3, 2, 6, 5), extent.Ends);
        Assert.Throws<ArgumentException>(() => new Plot().Scatter([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Plot().Scatter([1, 2], 2, 0, 2));
    }

    [Fact]
    public void A_plot_without_data_or_with_a_single_value_still_has_axes()
    {
        foreach (var plot in (Plot[])[new(), new Plot().Scatter([]), new Plot().Line([1], [1]), new Plot().Line([double.NaN], [double.NaN]),
            new Plot { Y = new(Logarithmic: true) }.Line([1], [1e-9]), new Plot { X = new(Logarithmic: true), Y = new(Logarithmic: true) }.Line([-1, 0], [0, -1]),
            new Plot().Line([1e300, -1e300], [1e-300, 2e-300]), new Plot { X = new("", 5, 5) }.Line([0, 1], [3, 3])])
        {
            var svg = new Figure(plot).Draw();
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
            SvgDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(svg)), "a.svg");
        }
    }

    [Fact]
    public void Text_is_escaped_and_what_XML_cannot_hold_is_replaced()
    {
        var title = "a<b & \"c\" \u0001 \ud800 𝄞";
        var svg = new Figure(new Plot { Title = title }) { Title = "</svg><script>" }.Draw();
        var read = SvgDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(svg)), "a.svg");
        Assert.Empty(read.Elements("script"));
        Assert.Contains("a<b & \"c\" \uFFFD \uFFFD 𝄞", read.Elements("text").Select(text => text.Value));
    }

    [Theory]
    [InlineData("<html/>", "line 1: the file begins with 'html'")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='?'/>", "line 1: the height of the picture is '?'")]
    [InlineData("<svg", "line 1, column 5: the file is no valid XML")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg/>", "line 1, column")]
    [InlineData("", "line 1")]
    public void What_is_no_picture_is_refused(string text, string expected)
    {
        var error = Assert.Throws<FileContentException>(() => SvgDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.svg"));
        Assert.StartsWith($"a.svg, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Plot().Region(new PlotGrid(new float[5], 2, 3, 0, 1, 0, 1)));
        Assert.Throws<ArgumentException>(() => new Plot().Line([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new Plot().Flow(new double[6], 2));
        Assert.Throws<InvalidOperationException>(() => new Figure().Draw());
    }

    /// <summary>Distance from the middle on a square grid over [-1.5, 1.5] squared.</summary>
    internal static PlotGrid Disk(int nodes)
    {
        var values = new float[nodes * nodes];
        for (var i = 0; i < nodes; i++)
            for (var j = 0; j < nodes; j++) values[i * nodes + j] = (float)(3 * Math.Sqrt(Math.Pow(i / (nodes - 1.0) - 0.5, 2) + Math.Pow(j / (nodes - 1.0) - 0.5, 2)));
        return new PlotGrid(values, nodes, nodes, -1.5, 1.5, -1.5, 1.5);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
