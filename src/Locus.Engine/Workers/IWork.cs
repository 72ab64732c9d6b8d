namespace Locus.Engine.Workers;

/// <summary>Work that is cut into independent tasks. Results must not depend on which worker takes a task or when.</summary>
public interface IWork
{
    /// <summary>Does one task.</summary>
    /// <param name="task">0 to tasks - 1.</param>
    /// <param name="worker">0 to threads - 1: names the scratch memory that is this worker's own.</param>
    void Execute(int task, int worker);
}
