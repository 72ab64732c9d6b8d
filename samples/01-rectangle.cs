#:property PublishAot=false
#:project ../src/Locus/Locus.csproj

// A rectangle, its sampler, and a few points, in about 10 seconds on two cores: dotnet run samples/01-rectangle.cs
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Runs;
using Locus.Training;
using static Locus.Expressions.Functions;

var problem = Problem.Define("rectangle", 2, x => [Abs(x[0]) <= 1, Abs(x[1]) <= 0.5]);

using var team = new Team(Environment.ProcessorCount);
var trainer = Recipe.Locus.For(problem).Trainer(problem, seed: 7, team);
trainer.Run(new TrainingObserver(), CancellationToken.None);

// Sample i depends on the network and the key alone: ask for more, and the first ones stay the same.
var points = trainer.Sampler.Sample(10_000, Key.Seed(8), team).Points;
for (var i = 0; i < 5; i++) Console.WriteLine($"({points[i][0],7:0.000}, {points[i][1],7:0.000})");

var slacks = Slacks.Of(problem.Slack, points, null, team.Threads);
Console.WriteLine($"inside to 0.001: {Success.Share(slacks, 0.001):P1}, mean slack {slacks.Average():0.0e-0}");
