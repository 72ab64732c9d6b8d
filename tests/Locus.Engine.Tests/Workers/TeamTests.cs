using Locus.Engine.Workers;

namespace Locus.Engine.Tests.Workers;

public sealed class TeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_task_is_done_once_in_each_of_many_runs(int threads)
    {
        using var team = new Team(threads);
        var work = new Counting(37, threads);
        for (var run = 1; run <= 500; run++)
        {
            if (run % 100 == 0) Thread.Sleep(5); // long enough for helpers to fall asleep and have to be woken
            team.Run(work, 37);
            Assert.All(work.Done, done => Assert.Equal(run, done));
        }
        Assert.False(work.StrangeWorker);
    }

    [Fact]
    public void The_first_exception_of_a_task_reaches_the_caller_and_the_team_works_on()
    {
        using var team = new Team(2);
        var failing = new Failing();
        Assert.Equal("task 5", Assert.Throws<InvalidOperationException>(() => team.Run(failing, 100)).Message);
        var work = new Counting(10, 2);
        team.Run(work, 10);
        Assert.All(work.Done, done => Assert.Equal(1, done));
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var team = new Team(2);
        var work = new Counting(16, 2);
        team.Run(work, 16);
        var before = GC.GetTotalAllocatedBytes(true);
        for (var i = 0; i < 100; i++) team.Run(work, 16);
        // The runtime itself may allocate a little elsewhere in the process; a run that allocated would show 100 times.
        Assert.InRange(GC.GetTotalAllocatedBytes(true) - before, 0, 2000);
    }

    private sealed class Counting(int tasks, int threads) : IWork
    {
        public int[] Done { get; } = new int[tasks];

        public bool StrangeWorker { get; private set; }

        public void Execute(int task, int worker)
        {
            Interlocked.Increment(ref Done[task]);
            if (worker < 0 || worker >= threads) StrangeWorker = true;
        }
    }

    private sealed class Failing : IWork
    {
        public void Execute(int task, int worker)
        {
            if (task == 5) throw new InvalidOperationException("task 5");
        }
    }
}
