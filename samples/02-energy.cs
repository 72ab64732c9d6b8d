#:property PublishAot=false
#:project ../src/Locus/Locus.csproj

// A density of your own code, checked, learned and measured, in half a minute on two cores: dotnet run samples/02-energy.cs
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Runs;
using Locus.Training;

var problem = Problem.OfEnergy("ring", new Ring());

// Its values, its gradient against differences, and whether it has a norm.
foreach (var finding in ProblemCheck.Run(problem, Key.Seed(1)).Findings) Console.WriteLine($"{finding.Level,-8}{finding.Subject}: {finding.Message}");

using var team = new Team(Environment.ProcessorCount);
var options = (OffPolicyOptions)Recipe.LocusEnergy.For(problem) with { Updates = 300, Rounds = 3 };
var trainer = options.Trainer(problem, seed: 7, team);
trainer.Run(new TrainingObserver(), CancellationToken.None);

var points = trainer.Sampler.Sample(10_000, Key.Seed(8), team).Points;
for (var i = 0; i < 5; i++) Console.WriteLine($"({points[i][0],7:0.000}, {points[i][1],7:0.000})");

// Z = 2 pi 0.1 sqrt(2 pi), but for what lies beyond the center: log Z = 0.4542.
var facts = EnergyMeasurement.Of(trainer.Sampler, 10_000, Key.Seed(9), null, null, team)!;
Console.WriteLine($"log Z {facts.LogZ:0.000} ± {facts.LogZError:0.000}, at least {facts.LowerBound:0.000}; as good as {facts.EffectiveShare * facts.Count:0} of {facts.Count} exact samples");

/// <summary>A ring of radius 1: E = 50 (r - 1)^2.</summary>
internal sealed class Ring : Density
{
    public override int Dimension => 2;

    public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
    {
        var r = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
        // Empty where the value alone is wanted; at the center the slope has no direction.
        for (var d = 0; d < score.Length; d++) score[d] = r > 0 ? -100 * (r - 1) * x[d] / r : 0;
        return -50 * (r - 1) * (r - 1);
    }
}
