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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Stages_follow_each_other_and_end_on_the_callers_thread(int threads)
    {
        using var team = new Team(threads);
        Counting first = new(20, threads), second = new(3, threads);
        var caller = Environment.CurrentManagedThreadId;
        var ends = 0;
        Stage[] stages =
        [
            new(first, 20, () =>
            {
                Assert.Equal(caller, Environment.CurrentManagedThreadId);
                Assert.All(first.Done, done => Assert.Equal(ends + 1, done));
                Assert.All(second.Done, done => Assert.Equal(ends, done));
                ends++;
            }),
            new(second, 3),
        ];
        for (var run = 1; run <= 200; run++)
        {
            team.Run(stages);
            Assert.All(second.Done, done => Assert.Equal(run, done));
        }
        Assert.Equal(200, ends);
    }

    [Fact]
    public void A_stage_that_fails_ends_the_run()
    {
        using var team = new Team(2);
        var after = new Counting(4, 2);
        Assert.Throws<InvalidOperationException>(() => team.Run([new Stage(new Failing(), 100), new Stage(after, 4)]));
        Assert.All(after.Done, done => Assert.Equal(0, done));
    }

    [Fact]
    public void Helpers_that_find_nothing_to_do_take_no_wake_up_from_the_others()
    {
        // More helpers than tasks and than cores: some are done and asleep again before others have woken.
        using var team = new Team(12);
        var work = new Counting(2, 12);
        for (var run = 1; run <= 300; run++)
        {
            if (run % 3 == 0) Thread.Sleep(1);
            team.Run(work, 2);
        }
        Assert.Equal([300, 300], work.Done);
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
    public void A_run_allocates_nothing_on_any_of_its_threads()
    {
        using var team = new Team(3);
        var work = new Metered(3);
        for (var run = 0; run < 50; run++) team.Run(work, 16);
        work.Restart();
        for (var run = 0; run < 300; run++)
        {
            if (run % 30 == 0) Thread.Sleep(2);
            team.Run(work, 16);
        }
        Assert.True(work.First[0] > 0);
        Assert.Equal(work.First, work.Last);
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

    /// <summary>Notes what each worker's thread had allocated at its first and at its last task.</summary>
    private sealed class Metered(int threads) : IWork
    {
        public long[] First { get; } = new long[threads];

        public long[] Last { get; } = new long[threads];

        public void Restart()
        {
            Array.Clear(First);
            Array.Clear(Last);
        }

        public void Execute(int task, int worker)
        {
            Last[worker] = GC.GetAllocatedBytesForCurrentThread();
            if (First[worker] == 0) First[worker] = Last[worker];
            // Long enough for the others to get a share.
            Thread.SpinWait(200);
        }
    }
}
