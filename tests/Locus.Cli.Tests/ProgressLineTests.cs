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
        Assert.Equal("0:00 left", line.Left(0, 1));
        Assert.Equal("0:00 left", line.Left(1, 0));
        Assert.Matches(@"^\d+:\d\d:\d\d left$", line.Left(1e-300, 1));
    });

    private static string Shown(bool terminal, Action<ProgressLine> work, params string[] words)
    {
        using var error = new StringWriter();
        var context = new CommandContext(new Command("locus") { CommandContext.QuietOption }.Parse(words), TextWriter.Null, error, CancellationToken.None) { IsTerminal = terminal };
        using (var line = new ProgressLine(context)) work(line);
        return error.ToString();
    }
}
