using Locus.Problems;

namespace Locus.Training;

/// <summary>The state of <see cref="SelfTrainer"/>: where it stands in the round, the round's losses so far, and its pool.</summary>
/// <param name="problem">What is sampled.</param>
/// <param name="options">The options; they give the pool its capacity.</param>
internal sealed class SelfTrainingState(Problem problem, PaperOptions options) : FlowTrainingState(problem, options, options.Rounds)
{
    /// <summary>The points of this round.</summary>
    public TrainingPool Pool { get; } = new(problem.Dimension + problem.ConditionCount, options.PoolSize);

    /// <summary>Passes done in this round.</summary>
    public int Pass { get; set; }

    /// <summary>Updates done in this pass.</summary>
    public int Update { get; set; }

    /// <summary>Sum over this round's updates of the mean velocity loss.</summary>
    public double VelocityLossSum { get; set; }

    /// <summary>Sum over this round's updates of the mean constraint loss.</summary>
    public double ConstraintLossSum { get; set; }

    /// <inheritdoc/>
    protected override void VisitOwn(IStateFields fields)
    {
        Pass = fields.Number("pass", Pass);
        Update = fields.Number("update", Update);
        VelocityLossSum = fields.Number("velocityLossSum", VelocityLossSum);
        ConstraintLossSum = fields.Number("constraintLossSum", ConstraintLossSum);
        Pool.Resize(fields.Number("pool.count", Pool.Count));
        Pool.ModelCount = fields.Number("pool.modelCount", Pool.ModelCount);
        for (var row = 0; row < Pool.Rows; row++) fields.Vector($"pool.{row}", Pool.Column(row));
    }
}
