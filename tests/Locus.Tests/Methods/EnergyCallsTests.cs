using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Training;

namespace Locus.Tests.Methods;

public sealed class EnergyCallsTests
{
    [Theory]
    [InlineData(false, false, false, 7)]
    [InlineData(true, false, false, 7)]
    [InlineData(false, true, false, 7)]
    [InlineData(true, true, false, 8)]
    [InlineData(false, true, true, 1)]
    [InlineData(false, true, true, 3)]
    [InlineData(true, true, true, 4)]
    [InlineData(false, true, true, 4, SearchKind.Tempering)]
    public void What_is_counted_is_what_is_called(bool langevin, bool replay, bool search, int searchEvery, SearchKind kind = SearchKind.Langevin)
    {
        var energy = new CountedEnergy();
        var options = new OffPolicyOptions
        {
            Batch = 64, Hidden = [4], Updates = 15, Rounds = 3, Langevin = langevin, Replay = replay, LocalSearch = search, Search = kind, SearchEvery = searchEvery, SearchSteps = 5, SearchBurnIn = 2, BufferSize = 4096,
            Sampler = new DiffusionOptions { Steps = 6 },
        };
        using var team = new Team(2);
        var trainer = options.Trainer(energy.Problem, 1, team);
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(energy.Calls, trainer.State.EnergyCalls);
    }

    [Fact]
    public void What_annealing_takes_is_counted_too()
    {
        var energy = new CountedEnergy();
        var options = new OffPolicyOptions { Batch = 64, Hidden = [4], Updates = 2, Rounds = 1, Replay = true, Anneal = true, Particles = 1024, Sampler = new DiffusionOptions { Steps = 4 } };
        using var team = new Team(2);
        var trainer = options.Trainer(energy.Problem, 1, team);
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(energy.Calls, trainer.State.EnergyCalls);
    }
}
