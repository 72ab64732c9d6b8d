using System.Runtime.ExceptionServices;

namespace Locus.Engine.Workers;

/// <summary>
/// A fixed set of threads that shares out the tasks of one piece of work at a time. The caller is worker 0 and works too. A helper spins briefly
/// for the next piece and then sleeps. Nothing is allocated in a run.
/// </summary>
public sealed class Team : IDisposable
{
    // About 100 us: longer than the gaps between the parts of a training step. A helper that sleeps in each of them is woken beside the caller, on the same core.
    private const int MostSpins = 600;
    private readonly Helper[] helpers;
    private readonly Lock gate = new();

    // A spinning thread helps only while each has a core to itself.
    private readonly int spinsBeforeSleep;
    private IWork? work;
    private int tasks;
    private int nextTask;
    private int working;
    private volatile int round;
    private volatile bool disposed;
    private Exception? failure;

    /// <summary>Starts the helpers.</summary>
    /// <param name="threads">Workers in all, the caller included; at least 1.</param>
    public Team(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        spinsBeforeSleep = threads <= Environment.ProcessorCount ? MostSpins : 0;
        helpers = [.. Enumerable.Range(1, threads - 1).Select(worker => new Helper(this, worker))];
        foreach (var helper in helpers) helper.Thread.Start();
    }

    /// <summary>Workers in all, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Executes the tasks 0 to <paramref name="count"/> - 1 and returns when all are done. A task must not call this itself.</summary>
    /// <param name="work">What to execute.</param>
    /// <param name="count">Number of tasks.</param>
    /// <exception cref="Exception">The first exception that a task threw; the remaining tasks are then not begun.</exception>
    public void Run(IWork work, int count)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(disposed, this);
        lock (gate) Execute(work, count);
    }

    /// <summary>Executes stages one after the other; the helpers stay awake between them.</summary>
    /// <param name="stages">The stages, in their order.</param>
    /// <exception cref="Exception">The first exception that a task or the end of a stage threw; what remained is then not begun.</exception>
    public void Run(ReadOnlySpan<Stage> stages)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        lock (gate)
            foreach (var stage in stages)
            {
                Execute(stage.Work, stage.Tasks);
                stage.Finish?.Invoke();
            }
    }

    /// <summary>Ends the helpers.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        Interlocked.MemoryBarrier();
        foreach (var helper in helpers)
        {
            helper.Wake();
            helper.Thread.Join();
            helper.Dispose();
        }
    }

    private void Execute(IWork work, int count)
    {
        if (helpers.Length == 0 || count <= 1)
        {
            for (var task = 0; task < count; task++) work.Execute(task, 0);
            return;
        }
        this.work = work;
        tasks = count;
        failure = null;
        Volatile.Write(ref nextTask, 0);
        Volatile.Write(ref working, helpers.Length);
        round++;
        Interlocked.MemoryBarrier();
        foreach (var helper in helpers) helper.Wake();
        TakeTasks(0);
        var spinner = new SpinWait();
        while (Volatile.Read(ref working) > 0) spinner.SpinOnce(sleep1Threshold: -1);
        this.work = null;
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private void TakeTasks(int worker)
    {
        var current = work!;
        int task;
        while ((task = Interlocked.Increment(ref nextTask) - 1) < tasks)
            try
            {
                current.Execute(task, worker);
            }
#pragma warning disable CA1031 // Whatever a task throws is handed to the caller of Run.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, e, null);
                Volatile.Write(ref nextTask, tasks);
            }
    }

    /// <summary>One thread of the team. It has a semaphore of its own, so that nobody else can take the wake-up that was meant for it.</summary>
    private sealed class Helper : IDisposable
    {
        private readonly Team team;
        private readonly int worker;
        private readonly SemaphoreSlim wake = new(0);
        private volatile bool asleep;

        public Helper(Team team, int worker)
        {
            this.team = team;
            this.worker = worker;
            Thread = new Thread(Live) { IsBackground = true, Name = $"locus worker {worker}" };
        }

        public Thread Thread { get; }

        /// <summary>Ends a sleep, if there is one.</summary>
        public void Wake()
        {
            if (asleep) wake.Release();
        }

        public void Dispose() => wake.Dispose();

        private void Live()
        {
            var seen = 0;
            while (true)
            {
                for (var spins = 0; team.round == seen && !team.disposed && spins < team.spinsBeforeSleep; spins++) Thread.SpinWait(20);
                while (team.round == seen && !team.disposed) Sleep(seen);
                if (team.disposed) return;
                seen = team.round;
                team.TakeTasks(worker);
                Interlocked.Decrement(ref team.working);
            }
        }

        private void Sleep(int seen)
        {
            asleep = true;
            // Either whoever begins a round sees the flag, or this look sees the round. A wake-up too many ends the next sleep early and does no harm.
            Interlocked.MemoryBarrier();
            if (team.round == seen && !team.disposed) wake.Wait();
            asleep = false;
        }
    }
}
