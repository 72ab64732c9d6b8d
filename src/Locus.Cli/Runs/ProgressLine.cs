using System.Diagnostics;
using System.Globalization;

namespace Locus.Cli.Runs;

/// <summary>
/// How far long work has come: on a terminal one bar with a text behind it, redrawn in place; elsewhere a line per tenth of the way. Nothing when people
/// asked for quiet. The caller asks what is due before it makes the text, for that is called often.
/// </summary>
internal sealed class ProgressLine(CommandContext context) : IDisposable
{
    private const int WidestBar = 24, NarrowestBar = 4;
    private const int Milestones = 10;
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);

    private readonly int columns = context.Columns;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan nextDrawing = TimeSpan.Zero;
    private int milestone = -1;
    private bool lineOpen;

    /// <summary>Time since the work began.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>Whether the bar is to be drawn: a few times a second, and at the end.</summary>
    /// <param name="fraction">Share of the work done, 0 to 1.</param>
    public bool BarIsDue(double fraction) => !context.Quiet && context.IsTerminal && (clock.Elapsed >= nextDrawing || fraction >= 1);

    /// <summary>Draws the bar.</summary>
    /// <param name="fraction">Share of the work done, 0 to 1.</param>
    /// <param name="status">What stands behind it.</param>
    public void DrawBar(double fraction, string status)
    {
        nextDrawing = clock.Elapsed + BetweenDrawings;
        // Brackets, a blank, and one column free: a line that wraps cannot be redrawn.
        var width = Math.Clamp(columns - status.Length - 4, NarrowestBar, WidestBar);
        var shown = status[..Math.Clamp(columns - width - 4, 0, status.Length)];
        var filled = (int)(fraction * width);
        // Carriage return and "erase to the end of the line": one line, redrawn.
        context.Error.Write($"\r[{new string('#', filled)}{new string('.', width - filled)}] {shown}\u001b[K");
        lineOpen = true;
    }

    /// <summary>Whether a line is due: the first time, and at each tenth of the way.</summary>
    /// <param name="fraction">Share of the work done, 0 to 1.</param>
    public bool LineIsDue(double fraction)
    {
        var reached = (int)(fraction * Milestones);
        if (context.Quiet || context.IsTerminal || reached <= milestone) return false;
        milestone = reached;
        return true;
    }

    /// <summary>Writes a line.</summary>
    /// <param name="text">The line.</param>
    public void WriteLine(string text) => context.Error.WriteLine(text);

    /// <summary>Time left at the speed so far, as "1:05 left"; nothing while there is no speed yet.</summary>
    /// <param name="done">Share of the work done since this began.</param>
    /// <param name="rest">Share that is left.</param>
    public string Left(double done, double rest)
    {
        if (done <= 0) return "";
        // Bounded, for after the first step of very many the guess may be longer than a TimeSpan holds.
        var left = TimeSpan.FromSeconds(Math.Min(Math.Ceiling(clock.Elapsed.TotalSeconds * rest / done), 1e9));
        return left.TotalHours < 1
            ? string.Create(CultureInfo.InvariantCulture, $", {left:m\\:ss} left")
            : string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalHours}:{left:mm\\:ss} left");
    }

    /// <summary>Ends the bar's line.</summary>
    public void Dispose()
    {
        if (lineOpen) context.Error.WriteLine();
    }
}
