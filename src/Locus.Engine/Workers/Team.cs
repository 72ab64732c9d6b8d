using System.Runtime.ExceptionServices;

namespace Locus.Engine.Workers;

/// <summary>
/// A fixed set of threads that shares out the tasks of one piece of work at a time. The caller is worker 0 and works too. A helper spins briefly
/// for the next piece and then sleeps. Nothing is allocated in a run.
/// </summary>
public sealed class Team : IDisposable
{
    private const int SpinsBeforeSleep = 2000;
    private readonly Thread[] helpers;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim wake = new(0);
    private IWork? work;
    private int tasks;
    private int nextTask;
    private int working;
    private int sleeping;
    private volatile int round;
    private volatile bool disposed;
    private Exception? failure;

    /// <summary>Starts the helpers.</summary>
    /// <param name="threads">Workers in all, the caller included; at least 1.</param>
    public Team(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        helpers = new Thread[threads - 1];
        for (var i = 0; i < helpers.Length; i++)
        {
            var worker = i + 1;
            helpers[i] = new Thread(() => Help(worker)) { IsBackground = true, Name = $"locus worker {worker}" };
            helpers[i].Start();
        }
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
        if (helpers.Length == 0 || count <= 1)
        {
            for (var task = 0; task < count; task++) work.Execute(task, 0);
            return;
        }
        lock (gate)
        {
            this.work = work;
            tasks = count;
            failure = null;
            Volatile.Write(ref nextTask, 0);
            Volatile.Write(ref working, helpers.Length);
            round++;
            Interlocked.MemoryBarrier();
            var asleep = Volatile.Read(ref sleeping);
            if (asleep > 0) wake.Release(asleep);
            TakeTasks(0);
            var spinner = new SpinWait();
            while (Volatile.Read(ref working) > 0) spinner.SpinOnce(sleep1Threshold: -1);
            this.work = null;
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends the helpers.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        wake.Release(helpers.Length + 1);
        foreach (var helper in helpers) helper.Join();
        wake.Dispose();
    }

    private void Help(int worker)
    {
        var seen = 0;
        while (true)
        {
            for (var spins = 0; round == seen && !disposed && spins < SpinsBeforeSleep; spins++) Thread.SpinWait(20);
            while (round == seen && !disposed)
            {
                Interlocked.Increment(ref sleeping);
                // Either the run that is just beginning sees the increment, or this look sees its round: no wake-up is lost.
                if (round == seen && !disposed) wake.Wait();
                Interlocked.Decrement(ref sleeping);
            }
            if (disposed) return;
            seen = round;
            TakeTasks(worker);
            Interlocked.Decrement(ref working);
        }
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
}
