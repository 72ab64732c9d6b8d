using Locus.Engine.Kernels;

namespace Locus.Methods.Markov;

/// <summary>
/// The size of a step by dual averaging (Nesterov 2009; Hoffman and Gelman 2014, section 3.2, with their constants): with a_i the acceptance of the i-th of n steps and a the one wanted, log s = m - sqrt(n) / (0.05 (n + 10)) sum (a - a_i), where m
/// draws toward ten times the first size. What is used in the end is the average of log s with weights that fade like n^-0.75. Here s = sqrt(h) of <see cref="Leapfrog"/>.
/// </summary>
internal sealed class StepSize
{
    private const double Shrinkage = 0.05, Delay = 10, Fading = 0.75;

    private readonly double target;
    private double middle;
    private double missed;
    private double average;
    private double log;
    private int count;

    /// <summary>Before the first step.</summary>
    /// <param name="first">First h.</param>
    /// <param name="target">Acceptance wanted, between 0 and 1.</param>
    public StepSize(double first, double target)
    {
        (this.target, log) = (target, 0.5 * ElementaryDouble.Log(first));
        middle = log + ElementaryDouble.Log(10);
    }

    /// <summary>h of the next step.</summary>
    public double Value => ElementaryDouble.Exp(2 * log);

    /// <summary>Takes up a step.</summary>
    /// <param name="acceptance">Share of the chains that moved, 0 to 1.</param>
    public void Add(double acceptance)
    {
        count++;
        missed += target - acceptance;
        log = middle - Math.Sqrt(count) / (Shrinkage * (count + Delay)) * missed;
        var weight = ElementaryDouble.Exp(-Fading * ElementaryDouble.Log(count));
        average = weight * log + (1 - weight) * average;
    }

    /// <summary>Begins anew around the size that was found, for a law that has changed a little.</summary>
    public void Restart()
    {
        Settle();
        (middle, missed, count) = (log, 0, 0);
    }

    /// <summary>Ends the search: h is the average from now on.</summary>
    public void Settle()
    {
        if (count > 0) log = average;
    }
}
