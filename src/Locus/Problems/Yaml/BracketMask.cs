using System.Text;

namespace Locus.Problems.Yaml;

/// <summary>
/// Lets the expression language stand between brackets where YAML would read a list: `[q[0], atan2(a, b)]` is no YAML. Each value that
/// begins with [ is blanked up to its ] (to an empty list, at the same place, so that all positions stay) and remembered.
/// </summary>
internal sealed class BracketMask
{
    private readonly string text;
    private readonly StringBuilder masked;
    private readonly Dictionary<int, int> ends = [];
    private int next;
    private int braces;

    // Column of the innermost dash or key on this line: what belongs to it is indented further.
    private int parent = -1;

    private BracketMask(string text)
    {
        this.text = text;
        masked = new StringBuilder(text);
    }

    /// <summary>The text for YAML, and for each blanked value its first character and the one after its last.</summary>
    public static (string Masked, IReadOnlyDictionary<int, int> Ends) Of(string text)
    {
        var mask = new BracketMask(text);
        while (mask.next < text.Length) mask.Line();
        return (mask.masked.ToString(), mask.ends);
    }

    private char At(int i) => i < text.Length ? text[i] : '\n';

    private void Line()
    {
        var (start, key, expectsValue) = (next, -1, true);
        if (braces == 0) parent = -1;
        while (At(next) != '\n')
        {
            var c = text[next];
            if (c is ' ' or '\t')
            {
                next++;
            }
            else if (c == '#' && (next == start || At(next - 1) is ' ' or '\t'))
            {
                SkipLine();
            }
            else if (expectsValue && c == '[')
            {
                Blank();
                expectsValue = false;
            }
            else if (expectsValue && c is '"' or '\'')
            {
                Quoted(c);
                expectsValue = false;
            }
            else if (expectsValue && braces == 0 && c is '|' or '>')
            {
                BlockText();
                return;
            }
            else if (expectsValue && braces == 0 && c == '-' && At(next + 1) is ' ' or '\n')
            {
                parent = next++ - start;
            }
            else if (c == '{' && expectsValue)
            {
                braces++;
                next++;
            }
            else if (braces > 0 && c is ',' or '}')
            {
                if (c == '}') braces--;
                expectsValue = c == ',';
                next++;
            }
            else if (c == ':' && At(next + 1) is ' ' or '\n' or '\t')
            {
                expectsValue = true;
                if (braces == 0 && key >= 0) parent = key;
                next++;
            }
            else
            {
                if (expectsValue && key < 0) key = next - start;
                expectsValue = false;
                next++;
            }
        }
        next++;
    }

    private void SkipLine()
    {
        while (At(next) != '\n') next++;
    }

    private void Quoted(char quote)
    {
        next++;
        while (next < text.Length && text[next] != quote) next += text[next] == '\\' && quote == '"' ? 2 : 1;
        next = Math.Min(next + 1, text.Length);
    }

    private void BlockText()
    {
        SkipLine();
        next++;
        while (next < text.Length)
        {
            var first = next;
            while (At(first) == ' ') first++;
            if (At(first) != '\n' && first - next <= parent) return;
            next = first;
            SkipLine();
            next++;
        }
    }

    private void Blank()
    {
        var start = next;
        var end = BracketEnd(start);
        // [a, b][0] <= 1: what follows on the line belongs to the expression too.
        if (braces == 0 && end > start && text[end - 1] == ']')
        {
            var rest = end;
            while (At(rest) != '\n' && !(At(rest) == '#' && At(rest - 1) is ' ' or '\t')) rest++;
            if (!text.AsSpan(end, rest - end).TrimStart().StartsWith(":")) end += text.AsSpan(end, rest - end).TrimEnd().Length;
        }
        for (var i = start; i < end; i++)
        {
            if (text[i] != '\n') masked[i] = ' ';
        }
        // One character is too short for a list; whatever it becomes, the expression is wrong.
        masked[start] = end - start > 1 ? '[' : '~';
        if (end - start > 1) masked[end - 1] = ']';
        ends[start] = end;
        next = end;
    }

    private int BracketEnd(int start)
    {
        var depth = 0;
        var last = start + 1;
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '#' && text[i - 1] is ' ' or '\t' or '\n')
            {
                while (At(i) != '\n') i++;
                c = At(i);
            }
            if (c == '[') depth++;
            else if (c == ']' && --depth == 0) return i + 1;
            if (c == '\n' && Leaves(i + 1)) break;
            if (!char.IsWhiteSpace(c)) last = i + 1;
        }
        // Never closed: the parser will say so; the mask ends with the last line that can belong to it.
        return last;
    }

    private bool Leaves(int line)
    {
        var first = line;
        while (At(first) is ' ') first++;
        return first < text.Length && At(first) is not '\n' and not ']' and not '#' && first - line <= parent;
    }
}
