using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

public sealed partial class ReportPageTests
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    [Fact]
    public void The_page_is_well_formed_and_shows_every_number_of_the_table()
    {
        var content = Content(truth: true);
        var page = Parse(ReportPage.Write(content));

        var cells = page.Descendants(Html + "td").Select(cell => cell.Value).ToHashSet();
        Assert.All(ReportTable.Rows(content.Report), row => Assert.Subset(cells, new HashSet<string> { row.Name, row.Value, row.Reference }));
        Assert.Equal(3, page.Descendants().Count(e => e.Name.LocalName == "svg" && e.Ancestors().All(a => a.Name.LocalName != "svg")));
        Assert.Equal(2, page.Descendants().Count(e => (string?)e.Attribute("class") == "share"));
    }

    [Fact]
    public void The_measure_is_told_as_what_is_aimed_at()
    {
        var text = ReportPage.Write(Content(truth: true));

        Assert.Contains("; the target is uniform by volume; ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not measured", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing_from_elsewhere()
    {
        var text = ReportPage.Write(Content(truth: true));

        // The names of the two markup languages look like addresses and are none.
        var rest = text.Replace("http://www.w3.org/1999/xhtml", "", StringComparison.Ordinal).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotMatch(Outside(), rest);
    }

    [Fact]
    public void Text_of_others_is_shown_as_text()
    {
        var page = ReportPage.Write(Content(truth: true));

        Assert.Contains("one &amp; &lt;only&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<only>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_truth_nothing_is_said_about_one()
    {
        var text = ReportPage.Write(Content(truth: false) with { Curves = [], Flow = [], Options = [] });

        Assert.Single(Parse(text).Descendants(), e => e.Name.LocalName == "svg" && e.Ancestors().All(a => a.Name.LocalName != "svg"));
        Assert.DoesNotContain("energy distance", text, StringComparison.Ordinal);
        Assert.Contains("<p>How evenly the samples lie was not measured: no exact sampler is known for this set.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"share\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Training", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Points_of_any_dimension_have_a_picture(int dimension)
    {
        var ball = Problem.Define("ball", dimension, x => [Norm(x) <= 1]);
        Points samples = new([.. Enumerable.Range(0, 60 * dimension).Select(i => Math.Sin(7.0 * i))], dimension);
        var report = Square.Report(new Square().Sample(Key.Seed(1), 10), truth: false) with { Problem = "ball", Dimension = dimension };

        var page = Parse(ReportPage.Write(new ReportPageContent { Report = report, Problem = ball, Samples = samples, Exact = samples, Flow = [samples, samples] }));

        Assert.Contains(page.Descendants(Html + "figcaption"), c => c.Value.Contains(dimension == 1 ? "all coordinates" : "principal axes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_caption_without_a_set_underneath_has_no_stray_blank()
    {
        var ball = Problem.Define("ball", 3, x => [Norm(x) <= 1]);
        Points samples = new([.. Enumerable.Range(0, 60).Select(i => Math.Sin(7.0 * i))], 3);
        var report = Square.Report(new Square().Sample(Key.Seed(1), 10), truth: false) with { Problem = "ball", Dimension = 3 };
        var content = new ReportPageContent { Report = report, Problem = ball, Samples = samples };

        Assert.Equal("Samples: the first two of 3 coordinates.", Parse(ReportPage.Write(content)).Descendants(Html + "figcaption").Single().Value);
    }

    [Fact]
    public void Samples_that_are_no_numbers_still_give_a_page()
    {
        Points samples = new([.. Enumerable.Repeat(double.NaN, 20)], 2);

        Parse(ReportPage.Write(Content(truth: true) with { Report = Square.Report(samples, truth: true), Samples = samples }));
    }

    [Theory]
    [InlineData(0.2, true)]
    [InlineData(1e-5, false)]
    public void Projected_samples_are_shown_beside_the_raw_ones_where_they_look_different(double move, bool shown)
    {
        var content = Content(truth: true);
        var projected = new Points([.. content.Samples.Values], 2);
        projected.Row(7)[0] += move;
        content = content with { Projected = projected, Report = content.Report with { Projected = content.Report.Raw with { MeanMove = move / 500, Failed = 0 } } };

        var captions = Parse(ReportPage.Write(content)).Descendants(Html + "figcaption").Select(caption => caption.Value).ToList();

        Assert.StartsWith("Raw samples over the set: all coordinates.", captions[0], StringComparison.Ordinal);
        Assert.Equal(!shown, captions[0].EndsWith("Projected, they look the same.", StringComparison.Ordinal));
        Assert.Equal(shown, captions.Contains("Projected samples over the set."));
    }

    [Fact]
    public void The_first_numbers_say_what_they_are_of()
    {
        var content = Content(truth: true);
        List<string> Cards() => [.. Parse(ReportPage.Write(content)).Descendants(Html + "div").Single(d => (string?)d.Attribute("class") == "heads").Elements().Select(card => card.Value)];
        var before = Cards();
        Assert.StartsWith("success at 0.0011.000", before[0], StringComparison.Ordinal);
        Assert.All(before, card => Assert.DoesNotContain("raw", card, StringComparison.Ordinal));

        var raw = content.Report.Raw with { Success = new Dictionary<string, double> { ["0.001"] = 0.25 } };
        content = content with { Report = content.Report with { Raw = raw, Projected = content.Report.Raw with { Certificates = new CertificateFacts(0.9, 450, 0, 50, 0, 0, 1e-9) } } };
        var cards = Cards();
        Assert.StartsWith("success at 0.001, projected1.000", cards[0], StringComparison.Ordinal);
        Assert.EndsWith("raw 0.250", cards[0], StringComparison.Ordinal);
        Assert.StartsWith("certified, projected0.900", cards[^1], StringComparison.Ordinal);

        content = content with { Chained = content.Samples, Report = content.Report with { Chained = content.Report.Projected! with { Steps = 10, Still = 0 } } };
        cards = Cards();
        Assert.StartsWith("success at 0.001, chained1.000", cards[0], StringComparison.Ordinal);
        Assert.EndsWith("raw 0.250", cards[0], StringComparison.Ordinal);
        Assert.Contains("Samples after 10 reversible steps over the set.", ReportPage.Write(content), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guided_network_is_said_to_be_one()
    {
        var content = Content(truth: true);
        Assert.DoesNotContain("guided", ReportPage.Write(content), StringComparison.Ordinal);
        content = content with { Report = content.Report with { Sampler = content.Report.Sampler with { Guided = true } } };
        Assert.Contains("network evaluations each, guided by the constraints.", ReportPage.Write(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Points_of_another_space_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ReportPage.Write(Content(truth: true) with { Samples = new Points(3, 5), Exact = new Points(3, 4) }));

        Assert.Contains("the samples have 5 coordinates; the exact samples have 4 coordinates", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_does_not_depend_on_the_culture_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = ReportPage.Write(Content(truth: true));
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", PercentDecimalSeparator = ";" } };
            Assert.Equal(expected, ReportPage.Write(Content(truth: true)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ReportPageContent Content(bool truth)
    {
        var samples = new Square().Sample(Key.Seed(1), 500);
        return new ReportPageContent
        {
            Report = Square.Report(samples, truth),
            Problem = Square.Problem,
            Samples = samples,
            Exact = truth ? new Square().Sample(Key.Seed(2), 500) : null,
            Curves = [new TrainingCurve("mean slack", [1, 2, 3], [0.1, double.NaN, 0.01], Logarithmic: true), new TrainingCurve("energy distance", [1, 2, 3], [0.3, 0.2, 0.1], Reference: 0.02)],
            Flow = [new Square().Sample(Key.Seed(3), 9), new Square().Sample(Key.Seed(4), 9)],
            Options = [new("steps", "200")],
        };
    }

    private static XDocument Parse(string page)
    {
        const string doctype = "<!DOCTYPE html>";
        Assert.StartsWith(doctype, page, StringComparison.Ordinal);
        return XDocument.Parse(page[doctype.Length..].TrimStart());
    }

    [GeneratedRegex("https?:|//[a-z]|<script|<link|<img|<iframe|@import|url\\(|src=|href=")]
    private static partial Regex Outside();
}
