using System.CommandLine;
using Locus.Cli.Runs;

namespace Locus.Cli.Tests;

public class ProgressLineTests
{
    [Fact]
    public void On_a_terminal_one_bar_is_drawn_at_once_and_at_the_end_and_its_line_is_ended()
    {
        var text = Shown(terminal: true, line =>
        {
            Assert.True(line.BarIsDue(0.25));
            line.DrawBar(0.25, "a quarter");
            Assert.False(line.LineIsDue(0.5));
            Assert.True(line.BarIsDue(1));
            line.DrawBar(1, "all");
        });
        Assert.Equal("\r[######..................] a quarter\u001b[K\r[########################] all\u001b[K" + Environment.NewLine, text);
    }

    [Theory]
    [InlineData(40, 24)]
    [InlineData(70, 6)]
    [InlineData(300, 4)]
    public void The_bar_makes_room_for_its_text_and_never_wraps(int length, int width)
    {
        var text = Shown(terminal: true, line => line.DrawBar(1, new string('x', length)));
        Assert.Equal(width, text.Count(c => c == '#'));
        Assert.Equal(Math.Min(length, 80 - 4 - width), text.Count(c => c == 'x'));
    }

    [Fact]
    public void Elsewhere_a_line_is_due_the_first_time_and_at_each_tenth()
    {
        Shown(terminal: false, line =>
        {
            Assert.False(line.BarIsDue(1));
            Assert.Equal([0, 10, 20, 55, 60, 100], new[] { 0, 5, 10, 19, 20, 55, 59, 60, 69, 100, 100 }.Where(percent => line.LineIsDue(percent / 100.0)));
        });
    }

    [Fact]
    public void Quiet_shows_nothing()
    {
        foreach (var terminal in new[] { false, true })
        {
            Shown(terminal, line => Assert.False(line.BarIsDue(1) || line.LineIsDue(1)), "--quiet");
        }
    }

    [Fact]
    public void The_time_left_is_told_however_long_it_is() => Shown(terminal: false, line =>
    {
        Assert.Equal("", line.Left(0, 1));
        Assert.Equal(", 0:00 left", line.Left(1, 0));
        Assert.Matches(@"^, \d+:\d\d:\d\d left$", line.Left(1e-300, 1));
    });

    [Fact]
    public void A_long_drawing_of_samples_shows_how_far_it_is_and_a_short_one_nothing()
    {
        var tenths = Drawing(false, TimeSpan.Zero).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, tenths.Length);
        Assert.Matches(@"^drawing samples:  1 % 10 of 1,000, [\d,]+ samples/s, \d+:\d\d left$", tenths[0]);
        Assert.Matches(@"^drawing samples: 100 % 1,000 of 1,000, [\d,]+ samples/s, 0:00 left$", tenths[10]);
        Assert.Matches(@"^\r\[\.+\]  1 % 10 of 1,000, .*\r\[#+\] 100 % 1,000 of 1,000, [^\n]*\n$", Drawing(true, TimeSpan.Zero));
        Assert.Empty(Drawing(false, TimeSpan.FromHours(1)));
        Assert.Empty(Drawing(true, TimeSpan.FromHours(1)));
        Assert.Empty(Drawing(true, TimeSpan.Zero, "--quiet"));
    }

    private static string Drawing(bool terminal, TimeSpan patience, params string[] words) => Told(terminal, words, context =>
    {
        using var display = new SamplingDisplay(context, 1000, patience);
        for (var drawn = 10; drawn <= 1000; drawn += 10) display.Report(drawn);
    });

    private static string Shown(bool terminal, Action<ProgressLine> work, params string[] words) => Told(terminal, words, context =>
    {
        using var line = new ProgressLine(context);
        work(line);
    });

    private static string Told(bool terminal, string[] words, Action<CommandContext> work)
    {
        using var error = new StringWriter();
        work(new CommandContext(new Command("locus") { CommandContext.QuietOption }.Parse(words), TextWriter.Null, error, CancellationToken.None) { IsTerminal = terminal });
        return error.ToString();
    }
}
