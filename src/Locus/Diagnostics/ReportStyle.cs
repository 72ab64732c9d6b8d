using Locus.Formats;

namespace Locus.Diagnostics;

/// <summary>The look of a report page: light, and dark where the reader's screen is dark; the pictures' few colours follow.</summary>
internal static class ReportStyle
{
    private static readonly (string Light, string Dark)[] PictureColors =
    [
        (SvgPalette.Background, "#171c22"),
        (SvgPalette.Ink, "#dde3e9"),
        (SvgPalette.Faint, "#8b97a4"),
        (SvgPalette.Grid, "#262d36"),
        (SvgPalette.Region, "#2c4156"),
        (SvgPalette.Blue, "#74b0e8"),
        (SvgPalette.Orange, "#f0a24a"),
        (SvgPalette.Green, "#6cc495"),
        (SvgPalette.Violet, "#b78fd6"),
    ];

    /// <summary>The style sheet. It holds no character that XML would read as markup.</summary>
    public static string Sheet { get; } =
        $$"""
        :root { color-scheme: light dark; --page: #f6f7f9; --card: {{SvgPalette.Background}}; --ink: {{SvgPalette.Ink}}; --faint: {{SvgPalette.Faint}};
          --line: #dfe3e8; --bar: {{SvgPalette.Blue}}; --track: {{SvgPalette.Grid}}; --mark: {{SvgPalette.Orange}}; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
        main { max-width: 1040px; margin: 0 auto; padding: 40px 24px 64px; }
        h1 { font-size: 28px; font-weight: 650; letter-spacing: -0.01em; margin: 0; }
        h2 { font-size: 17px; font-weight: 650; margin: 40px 0 4px; }
        p { margin: 4px 0 12px; max-width: 72ch; }
        .faint, figcaption { color: var(--faint); }
        .eyebrow { font-size: 12px; letter-spacing: 0.08em; text-transform: uppercase; color: var(--faint); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; margin: 12px 0; overflow-x: auto; }
        .heads { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; margin: 24px 0 0; }
        .heads .card { margin: 0; }
        .heads .faint { font-size: 13px; }
        .heads b { display: block; font-size: 26px; font-weight: 600; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 12px; }
        .pair .card, .wide.card { margin: 0; padding: 8px; }
        figure { margin: 0; }
        figcaption { font-size: 13px; padding: 0 8px 4px; }
        svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        th { font-size: 12px; font-weight: 600; color: var(--faint); }
        td.number, th.number { text-align: right; white-space: nowrap; }
        td.name { overflow-wrap: anywhere; }
        .share { display: grid; grid-template-columns: minmax(90px, 160px) 1fr 230px; gap: 14px; align-items: center; padding: 5px 0; font-variant-numeric: tabular-nums; }
        .track { position: relative; height: 14px; background: var(--track); border-radius: 3px; }
        .track i { position: absolute; left: 0; top: 0; bottom: 0; background: var(--bar); border-radius: 3px; }
        .track u { position: absolute; top: -4px; bottom: -4px; width: 2px; margin-left: -1px; background: var(--mark); }
        details { border-top: 1px solid var(--line); padding: 10px 0; }
        details[open] summary { margin-bottom: 8px; }
        summary { cursor: pointer; font-weight: 600; }
        code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
        pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 480px; overflow-y: auto; }
        footer { margin-top: 40px; font-size: 13px; color: var(--faint); }
        @media (max-width: 560px) { .pair { grid-template-columns: 1fr; } .share { grid-template-columns: 1fr; gap: 2px; } }
        @media (prefers-color-scheme: dark) {
          :root { --page: #10141a; --line: #2a323c; {{Variables()}} }
        {{PictureRules()}}
        }
        @media print { body { background: none; } .card { break-inside: avoid; } }
        """;

    private static string Dark(string light) => PictureColors.First(pair => pair.Light == light).Dark;

    private static string Variables() =>
        $"--card: {Dark(SvgPalette.Background)}; --ink: {Dark(SvgPalette.Ink)}; --faint: {Dark(SvgPalette.Faint)}; --bar: {Dark(SvgPalette.Blue)}; " +
        $"--track: {Dark(SvgPalette.Grid)}; --mark: {Dark(SvgPalette.Orange)};";

    // A style rule outranks the attribute that it names, so the pictures need know nothing of dark screens.
    private static string PictureRules() => string.Join('\n', PictureColors.Select(pair =>
        $"  svg [fill=\"{pair.Light}\"] {{ fill: {pair.Dark}; }} svg [stroke=\"{pair.Light}\"] {{ stroke: {pair.Dark}; }}"));
}
