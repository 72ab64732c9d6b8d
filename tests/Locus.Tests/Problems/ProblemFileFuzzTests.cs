using System.Diagnostics;
using System.Text;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Problems;

/// <summary>Spoilt files end with a ProblemException or are read: nothing else happens, quickly, in little memory.</summary>
public class ProblemFileFuzzTests
{
    // Twice the largest sum of work that a file may spell out, in bytes of graph; a spoilt exponent or range may ask for it all.
    private const long MostBytes = 1L << 30;

    private static readonly string[] Words =
        ["[", "]", "(", ")", "{", "}", ": ", "- ", "\n", "\t", "#", "'", "\"", "|\n", ">\n", "&a ", "*a ", "!t ", "---\n", "? ", "%", "\\", "\0", "\uFEFF", "é", "\ud83d",
            "1e308", "1e-320", "9999999999", "0..100000", " for i in 0..50000", "inf", "nan", "^", "^-1024", "..", "<=", "==", "!=", "-", "any: ", "all: ", "size: 10000", "x", "q[0]", "norm(", "sum("];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fifty_thousand_random_mutations_end_with_a_problem_or_its_exception(int seed)
    {
        var key = Key.Seed(seed);
        var (read, slowest) = (0, TimeSpan.Zero);
        for (var i = 0UL; i < 50_000; i++)
        {
            var text = Mutate(key.Fold(i));
            var (start, bytes) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                var problem = ProblemFile.Parse(text, "fuzz.yaml");
                read++;
                if (i % 20 == 0) Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml(), "again").ToYaml());
            }
            catch (ProblemException e)
            {
                Assert.NotEmpty(e.Findings);
                Assert.All(e.Findings, finding => Assert.True(finding is { Line: > 0, Column: > 0, Message.Length: > 0 }, $"no place: {finding}"));
            }
            catch (Exception e)
            {
                Assert.Fail($"mutation {i} of seed {seed}: {e}\n{text}");
            }
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed > slowest) slowest = elapsed;
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - bytes < MostBytes, $"mutation {i} of seed {seed} takes much memory:\n{text}");
            // Generous, for a busy machine: an undisturbed parse takes well below a second at the limit of work.
            Assert.True(elapsed < TimeSpan.FromSeconds(15), $"mutation {i} of seed {seed} takes {elapsed}:\n{text}");
        }
        // Some mutations are harmless, most are not: both paths are taken.
        Assert.InRange(read, 1_000, 40_000);
    }

    private static string Mutate(Key key)
    {
        var draw = 0u;
        int Below(int bound) => Draws.Below(key, 0, draw++, bound);
        var text = new StringBuilder(SampleFiles.All[Below(SampleFiles.All.Count)]);
        for (var count = 1 + Below(4); count > 0; count--)
        {
            var at = Below(text.Length);
            var length = Math.Min(1 + Below(20), text.Length - at);
            switch (Below(7))
            {
                case 0:
                    text[at] = (char)(text[at] ^ (1 << Below(7)));
                    break;
                case 1:
                    text.Remove(at, Math.Min(length, text.Length - 1));
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 3:
                    var other = SampleFiles.All[Below(SampleFiles.All.Count)];
                    var from = Below(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(length, other.Length - from)));
                    break;
                case 4:
                    text[at] = (char)Below(256);
                    break;
                case 5:
                    (text[at], text[Math.Min(at + 1, text.Length - 1)]) = (text[Math.Min(at + 1, text.Length - 1)], text[at]);
                    break;
                default:
                    text.Insert(at, Words[Below(Words.Length)]);
                    break;
            }
        }
        return text.ToString();
    }
}
