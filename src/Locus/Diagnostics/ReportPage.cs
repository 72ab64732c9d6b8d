using System.Globalization;
using System.Net;
using System.Text;

namespace Locus.Diagnostics;

/// <summary>
/// A report as one HTML page that needs nothing else: pictures, numbers beside their references, options and environment. It is
/// well-formed XML, so that programs can read it too.
/// </summary>
public static class ReportPage
{
    /// <summary>The text of the page.</summary>
    /// <param name="content">What it shows.</param>
    /// <exception cref="ArgumentException">Samples, exact samples or flow have another dimension than the problem.</exception>
    public static string Write(ReportPageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Check(content);
        var report = content.Report;
        ReportPictures pictures = new(content);
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{Text(report.Problem)} · Locus report</title>
            <style>
            {ReportStyle.Sheet}
            </style>
            </head>
            <body>
            <main>
            <div class="eyebrow">Locus report</div>
            <h1>{Text(report.Problem)}</h1>
            <p>{Text(content.Problem.Description)}</p>
            <p class="faint">{Text(Summary(report, content.Problem.Energy is not null))}{Text(Drawn(content))}</p>
            {Headlines(report)}
            {(ReportTable.Unmeasured(report) is { } unmeasured ? $"<p>{Text(unmeasured)}</p>" : "")}
            {(report.Rivals is { } rivals ? $"<h2>Against classical ways to draw</h2>\n<p>{Text(rivals.Verdict)}</p>" : "")}
            {Pictures(pictures, content)}
            {Shares(report)}
            {Numbers(report)}
            {Details(content)}
            <footer>Written by Locus. Every number stands beside what a perfect sampler would show.</footer>
            </main>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static void Check(ReportPageContent content)
    {
        var size = content.Problem.Dimension;
        List<string> wrong = [];
        if (content.Samples.Dimension != size) wrong.Add($"the samples have {content.Samples.Dimension} coordinates");
        if (content.Projected is { } projected && projected.Dimension != size) wrong.Add($"the projected samples have {projected.Dimension} coordinates");
        if (content.Chained is { } chained && chained.Dimension != size) wrong.Add($"the chained samples have {chained.Dimension} coordinates");
        if (content.Exact is { } exact && exact.Dimension != size) wrong.Add($"the exact samples have {exact.Dimension} coordinates");
        if (content.Flow.FirstOrDefault(moment => moment.Dimension != size) is { } flow) wrong.Add($"the flow has {flow.Dimension} coordinates");
        if (wrong.Count > 0) throw new ArgumentException($"report page of \"{content.Problem.Name}\", which has {size} coordinates: {string.Join("; ", wrong)}");
    }

    private static string Summary(Report report, bool weighted)
    {
        var (invariant, sampler) = (CultureInfo.InvariantCulture, report.Sampler);
        var samples = string.Create(invariant, $"{report.Count:N0} samples in {report.Dimension} dimensions; the target is {(weighted ? "exp(-E) / Z" : "uniform")} by {report.Measure}; ");
        var guided = sampler.Guided == true ? ", guided by the constraints" : "";
        var drawn = string.Create(invariant, $"{sampler.Method}, {sampler.Steps} steps, {sampler.NetworkEvaluations} network evaluations each{guided}.");
        if (report.Training is not { } training) return samples + drawn;
        var seconds = ReportTable.Figure(training.Seconds);
        return string.Create(
            invariant,
            $"{samples}{drawn} Recipe {training.Recipe}, {training.NetworkSamples:N0} network samples{(training.EnergyCalls is { } calls ? string.Create(invariant, $" and {calls:N0} calls of the energy") : "")} in {seconds} s on {Problems.Numbers.Count(training.Threads, "thread", "threads")}, seed {training.Seed}.{Explored(training)}{Fitted(training)}");
    }

    private static string Explored(TrainingFacts training) => training.Exploration is not { } facts
        ? ""
        : $" Exploration: {ReportTable.Explored(facts)}.{string.Concat(facts.Verdicts.Select(verdict => $" {verdict.Name}: {verdict.Text}"))}";

    private static string Fitted(TrainingFacts training) => training.Fit is not { } fit ? "" : $" Fit: {ReportTable.Fitted(fit)}.{(fit.Verdict is { } verdict ? $" {FitFacts.Name}: {verdict}" : "")}{(fit.FaceVerdict is { } faces ? $" {FitFacts.FaceName}: {faces}" : "")}";

    /// <summary>What the numbers mean where parameters were drawn.</summary>
    private static string Drawn(ReportPageContent content)
    {
        if (content.Report.Drawn is not { } drawn) return "";
        var pictures = content.Conditions is { Count: 1 } ? "; the pictures show samples for one value" : "";
        return $" Parameters drawn: {ReportTable.Drawn(drawn)}. The numbers are over all that were drawn{pictures}.";
    }

    /// <summary>The few numbers to look at first; of the samples as they were brought furthest, the raw ones beside them.</summary>
    private static string Headlines(Report report)
    {
        var rows = ReportTable.Rows(report);
        var samples = ReportTable.Samples(report);
        var (raw, last) = (samples[0], samples[^1]);
        StringBuilder heads = new("<div class=\"heads\">\n");
        foreach (var name in new[] { "success at 0.001", "mean slack", "energy distance", "largest share gap", "certified" })
        {
            ReportRow? Row(KeyValuePair<string, SampleQuality> of) => name == "largest share gap"
                ? ShareGap(of.Value, of.Key)
                : rows.FirstOrDefault(row => row.Group == $"{of.Key} samples" && row.Name == name);
            if (Row(last) is not { } row) continue;
            var (word, note) = name == "energy distance" ? ("floor", $"<br />{Text(row.Note)}") : ("reference", "");
            var before = samples.Count > 1 && Row(raw) is { } first ? $"<br />raw {Text(Number(first))}" : "";
            heads.Append(CultureInfo.InvariantCulture, $"""
                <div class="card"><span class="eyebrow">{Text(samples.Count > 1 ? $"{row.Name}, {last.Key}" : row.Name)}</span><b>{Text(Number(row))}</b>
                <span class="faint">{word} {Text(row.Reference)}{note}{before}</span></div>

                """);
        }
        return heads.Append("</div>").ToString();

        static string Number(ReportRow row) => row.Value.Split(" ± ")[0];
    }

    private static ReportRow? ShareGap(SampleQuality quality, string group)
    {
        if (quality is not { Shares: { Count: > 1 } shares, TrueShares: { } truth, ShareErrors: { } errors }) return null;
        var gap = shares.Zip(truth, (a, b) => Math.Abs(a - b)).Max();
        string Four(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
        return new ReportRow(group, "largest share gap", Four(gap), $"0 ± {Four(errors.Max())}", "");
    }

    private static string Pictures(ReportPictures pictures, ReportPageContent content)
    {
        var under = Given(content) + (pictures.ShowsRegion ? " over the set" : content.Exact is null ? "" : " over exact samples");
        var (raw, alike) = content.Projected is null ? ("Samples", "") : pictures.Differ ? ("Raw samples", "") : ("Raw samples", " Projected, they look the same.");
        var samples = Figure($"{raw}{under}: {pictures.View.Name}.{alike}", pictures.Samples(content.Samples));
        if (content.Projected is { } projected && pictures.Differ) samples += Figure($"Projected samples{under}.", pictures.Samples(projected));
        if (content.Chained is { } chained) samples += Figure($"Samples after {content.Report.Chained?.Steps} reversible steps{under}.", pictures.Samples(chained));
        var flow = pictures.Flow() is { } ways ? Figure("A few points on their way from noise to the set.", ways) : "";
        var curves = pictures.Curves() is { } drawn ? $"<h2>Training</h2>\n<div class=\"wide card\">{drawn}</div>" : "";
        return $"<h2>Samples</h2>\n<div class=\"pair\">\n{samples}{flow}</div>\n{curves}";
    }

    /// <summary>The parameters that samples are shown for, as part of a caption.</summary>
    private static string Given(ReportPageContent content) => content.Conditions switch
    {
        null => "",
        { Count: 1 } one => $" for {ReportTable.Names([.. content.Problem.Parameters.Select((p, j) => $"{p.Name} = {ReportTable.Figure(one[0][j])}{(p.Unit is null ? "" : $" {p.Unit}")}")])}",
        _ => ", each for parameters of its own",
    };

    private static string Figure(string caption, string picture) => $"<figure class=\"card\">{picture}<figcaption>{Text(caption)}</figcaption></figure>\n";

    private static string Shares(Report report)
    {
        var samples = ReportTable.Samples(report);
        return string.Join('\n', samples.Select(of => Shares(samples.Count == 1 ? "Components" : $"Components, {of.Key} samples", of.Value)));
    }

    /// <summary>A bar for each component with a mark at its true share, all on one scale.</summary>
    private static string Shares(string title, SampleQuality quality)
    {
        if (quality is not { Shares: { Count: > 1 } shares, TrueShares: { } truth, ShareErrors: { } errors, Components: { } names }) return "";
        var widest = Math.Max(shares.Max(), truth.Max()) * 1.08;
        StringBuilder bars = new($"""
            <h2>{Text(title)}</h2>
            <p class="faint">Share of the samples in each; the mark is the true share, with the standard error of that many exact samples.</p>
            <div class="card">

            """);
        for (var i = 0; i < shares.Count; i++)
        {
            bars.Append(CultureInfo.InvariantCulture, $"""
                <div class="share"><span>{Text(names[i])}</span>
                <span class="track"><i style="width:{100 * shares[i] / widest:0.##}%"></i><u style="left:{100 * truth[i] / widest:0.##}%"></u></span>
                <span>{shares[i]:0.0000} <span class="faint">· true {truth[i]:0.0000} ± {errors[i]:0.0000}</span></span></div>

                """);
        }
        return bars.Append("</div>").ToString();
    }

    private static string Numbers(Report report)
    {
        StringBuilder tables = new();
        foreach (var group in ReportTable.Rows(report).GroupBy(row => row.Group))
        {
            tables.Append(CultureInfo.InvariantCulture, $"<h2>Numbers of the {Text(group.Key)}</h2>\n<div class=\"card\"><table>\n");
            tables.Append(CultureInfo.InvariantCulture, $"<tr><th>measure</th><th class=\"number\">measured</th><th class=\"number\">{ReportTable.Reference(group.Key)}</th><th></th></tr>\n");
            foreach (var row in group)
            {
                tables.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(row.Name)}</td><td class=\"number\">{Text(row.Value)}</td>");
                tables.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{Text(row.Reference)}</td><td class=\"faint\">{Text(row.Note)}</td></tr>\n");
            }
            tables.Append("</table></div>\n");
        }
        return tables.ToString();
    }

    private static string Details(ReportPageContent content)
    {
        StringBuilder details = new("<h2>Where the numbers come from</h2>\n");
        details.Append(Folded("Options", Pairs(content.Options)));
        details.Append(Folded("Facts", Pairs(ReportTable.Facts(content.Report))));
        details.Append(Folded("Environment", Pairs(content.Report.Environment ?? new Dictionary<string, string>())));
        details.Append(Folded("report.json", $"<pre>{Text(ReportJson.Write(content.Report))}</pre>"));
        return details.ToString();
    }

    private static string Folded(string title, string inside) => inside.Length == 0 ? "" : $"<details><summary>{Text(title)}</summary>{inside}</details>\n";

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var rows = string.Concat(pairs.Select(pair => $"<tr><td class=\"name\">{Text(pair.Key)}</td><td class=\"name\"><code>{Text(pair.Value)}</code></td></tr>\n"));
        return rows.Length == 0 ? "" : $"<table>\n{rows}</table>";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
