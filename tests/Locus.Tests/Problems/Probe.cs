using Locus.Problems;
namespace Locus.Tests.Problems;
public class Probe(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Run()
    {
        foreach (var f in System.IO.Directory.GetFiles("/tmp/try", "*.yaml").Order())
        {
            try { var p = ProblemFile.Read(f); output.WriteLine($"{p.Name} {p.Dimension} {p.ConditionCount} {p.Constraints.Count} {p.Set.Slack.Evaluate(new double[p.Dimension], new double[p.ConditionCount])} {string.Join(" | ", p.Constraints.Select(c => c.Label))}"); }
            catch (LocusException e) { output.WriteLine(e.Message); }
        }
    }
}
