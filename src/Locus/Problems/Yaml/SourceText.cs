namespace Locus.Problems.Yaml;

/// <summary>The text of a problem file and the mistakes found in it so far.</summary>
internal sealed class SourceText
{
    /// <summary>Most mistakes that are listed at once.</summary>
    public const int MaximumFindings = 50;

    private readonly List<(int At, string Message)> mistakes = [];
    private readonly HashSet<(int At, string Message)> known = [];
    private readonly List<int> lineStarts = [0];

    /// <summary>A text with its name for messages. Line ends become \n; a byte order mark is dropped.</summary>
    public SourceText(string text, string name)
    {
        Name = name;
        Text = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n') lineStarts.Add(i + 1);
        }
    }

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    /// <summary>The text; lines end with \n.</summary>
    public string Text { get; }

    /// <summary>Has anything been reported?</summary>
    public bool HasMistakes => mistakes.Count > 0;

    /// <summary>Takes a mistake at character <paramref name="at"/>.</summary>
    /// <exception cref="ProblemException">There are too many to go on.</exception>
    public void Report(int at, string message)
    {
        if (!known.Add((at, message))) return;
        mistakes.Add((at, message));
        if (mistakes.Count == MaximumFindings) throw Failure();
    }

    /// <summary>All mistakes in the order of the file.</summary>
    public ProblemException Failure() =>
        new([.. mistakes.OrderBy(mistake => mistake.At).Select(mistake => Locate(mistake.At, mistake.Message))]);

    private Finding Locate(int at, string message)
    {
        at = Math.Clamp(at, 0, Text.Length);
        var line = lineStarts.BinarySearch(at);
        if (line < 0) line = ~line - 1;
        return new Finding(Name, line + 1, at - lineStarts[line] + 1, message);
    }
}
