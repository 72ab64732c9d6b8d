using Locus.Engine.Programs;

namespace Locus.Engine.Intervals;

/// <summary>
/// Runs a program on a box of points: bounds of each result that hold for the exact values of the formula at every point of the box. It can carry
/// K tangents along: for points x = p + B y, bounds of the derivatives by y that hold wherever the results have derivatives, and with which the mean
/// value theorem holds even where they have kinks (Clarke, Optimization and Nonsmooth Analysis, 1983, section 2.6); no bound where a result
/// jumps. It has memory of its own: one caller at a time. What a function of the user gives is undefined, for nothing can be proven about it.
/// </summary>
public sealed class IntervalEvaluator
{
    private readonly Code code;
    private readonly Interval[] rows;
    private readonly int[] places;
    private readonly int stride;
    private readonly int firstOutput;

    /// <summary>An evaluator with its memory.</summary>
    /// <param name="program">The program.</param>
    /// <param name="tangents">K, the number of directions; 0 for values alone.</param>
    public IntervalEvaluator(Program program, int tangents = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfNegative(tangents);
        Program = program;
        Tangents = tangents;
        code = program.Code;
        stride = 1 + tangents;
        var constants = program.Inputs + program.Conditions;
        var scratch = constants + program.Constants.Length;
        firstOutput = scratch + program.ScratchRows;
        int[] first = [0, program.Inputs, constants, scratch, firstOutput];
        places = Array.ConvertAll(code.Rows, row => stride * (first[row >> Row.IndexBits] + (row & Row.IndexMask)));
        rows = new Interval[stride * (firstOutput + program.Outputs)];
        for (var i = 0; i < program.Constants.Length; i++) rows[stride * (constants + i)] = Interval.Of(program.Constants[i]);
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>K, the number of directions.</summary>
    public int Tangents { get; }

    /// <summary>Runs the program on a box.</summary>
    /// <param name="x">The box, [D].</param>
    /// <param name="c">The condition, [C].</param>
    /// <param name="directions">B, the derivatives of x by y, [D, K].</param>
    /// <exception cref="ArgumentException">A span has not the length that the program asks for.</exception>
    public void Run(ReadOnlySpan<Interval> x, ReadOnlySpan<double> c, ReadOnlySpan<double> directions = default)
    {
        if (x.Length != Program.Inputs || c.Length != Program.Conditions || directions.Length != x.Length * Tangents)
            throw new ArgumentException(
                $"a program of {Program.Inputs} inputs, {Program.Conditions} conditions and {Tangents} directions was given " +
                $"x of {x.Length}, c of {c.Length} and directions of {directions.Length} numbers");
        for (var i = 0; i < x.Length; i++)
        {
            var row = rows.AsSpan(i * stride, stride);
            row[0] = x[i];
            for (var k = 0; k < Tangents; k++) row[1 + k] = Interval.Of(directions[i * Tangents + k]);
        }
        for (var i = 0; i < c.Length; i++) rows[(x.Length + i) * stride] = Interval.Of(c[i]);
        foreach (ref readonly var step in code.Steps.AsSpan()) Execute(step);
    }

    /// <summary>Bounds of a result in the last run.</summary>
    /// <param name="output">0 to Outputs - 1.</param>
    public Interval Value(int output) => rows[(firstOutput + output) * stride];

    /// <summary>Bounds of the derivatives of a result in the last run, [K].</summary>
    /// <param name="output">0 to Outputs - 1.</param>
    public ReadOnlySpan<Interval> Derivatives(int output) => rows.AsSpan((firstOutput + output) * stride + 1, Tangents);

    private void Execute(in Code.Step step)
    {
        var inputs = places.AsSpan(step.First, step.Inputs);
        var targets = places.AsSpan(step.First + step.Inputs, step.Targets);
        switch (step.Operation)
        {
            case Operation.Linear:
                Linear(code.Numbers.AsSpan(step.Detail), inputs, targets);
                break;
            case Operation.Call:
                foreach (var target in targets) rows.AsSpan(target, stride).Fill(Interval.Undefined);
                break;
            case Operation.Dot:
                Dot(inputs, targets[0]);
                break;
            case Operation.Norm:
                Norm(inputs, targets[0]);
                break;
            case Operation.Min or Operation.Max or Operation.Choose:
                Select(step.Operation, inputs, targets[0]);
                break;
            default:
                Apply(step, inputs, targets[0]);
                break;
        }
    }

    // Targets are no inputs of a map of several targets, and a map of one target reads a row before it writes that row.
    private void Linear(ReadOnlySpan<double> numbers, ReadOnlySpan<int> inputs, ReadOnlySpan<int> targets)
    {
        var n = inputs.Length;
        for (var j = 0; j < targets.Length; j++)
        {
            var weights = numbers.Slice(j * n, n);
            for (var k = 1; k < stride; k++) rows[targets[j] + k] = Sum(0, weights, inputs, k);
            rows[targets[j]] = Sum(numbers[targets.Length * n + j], weights, inputs, 0);
        }
    }

    private Interval Sum(double offset, ReadOnlySpan<double> weights, ReadOnlySpan<int> inputs, int column)
    {
        IntervalSum sum = default;
        if (offset != 0) sum.Add(1, Interval.Of(offset));
        for (var i = 0; i < weights.Length; i++) sum.Add(weights[i], rows[inputs[i] + column]);
        return sum.Value;
    }

    private void Dot(ReadOnlySpan<int> inputs, int target)
    {
        for (var k = 1; k < stride; k++)
        {
            var slope = rows[inputs[0] + k];
            for (var i = 1; i < inputs.Length; i += 2)
                slope += rows[inputs[i]] * rows[inputs[i + 1] + k] + rows[inputs[i + 1]] * rows[inputs[i] + k];
            rows[target + k] = slope;
        }
        var sum = rows[inputs[0]];
        for (var i = 1; i < inputs.Length; i += 2) sum += Product(inputs[i], inputs[i + 1]);
        rows[target] = sum;
    }

    private Interval Product(int a, int b) => a == b ? IntervalFunctions.Square(rows[a]) : rows[a] * rows[b];

    // The length of a vector grows by its direction times the vector's growth; no direction has a coordinate outside [-1, 1].
    private void Norm(ReadOnlySpan<int> inputs, int target)
    {
        Interval square = default;
        foreach (var input in inputs) square += IntervalFunctions.Square(rows[input]);
        var norm = IntervalFunctions.Sqrt(square);
        for (var k = 1; k < stride; k++)
        {
            Interval slope = default;
            foreach (var input in inputs) slope += Slopes.Share(rows[input], norm) * rows[input + k];
            rows[target + k] = slope;
        }
        rows[target] = norm;
    }

    private void Select(Operation operation, ReadOnlySpan<int> inputs, int target)
    {
        var (a, b) = (rows[inputs[0]], rows[inputs[1]]);
        var isChoice = operation == Operation.Choose;
        var (yes, no) = isChoice ? (inputs[2], inputs[3]) : (inputs[0], inputs[1]);
        var chosen = operation == Operation.Max ? IntervalFunctions.IsAtMost(b, a) : IntervalFunctions.IsAtMost(a, b);
        for (var k = 1; k < stride; k++)
        {
            var slope = chosen is { } first ? rows[(first ? yes : no) + k] : Interval.Hull(rows[yes + k], rows[no + k]);
            // An open choice jumps from one value to the other where what it depends on moves.
            if (isChoice && chosen is null) slope += Interval.Whole * (rows[inputs[0] + k] - rows[inputs[1] + k]);
            rows[target + k] = slope;
        }
        rows[target] = operation switch
        {
            Operation.Min => IntervalFunctions.Min(a, b),
            Operation.Max => IntervalFunctions.Max(a, b),
            _ => IntervalFunctions.Choose(a, b, rows[yes], rows[no]),
        };
    }

    private void Apply(in Code.Step step, ReadOnlySpan<int> inputs, int target)
    {
        var a = rows[inputs[0]];
        if (inputs.Length == 1)
        {
            var value = IntervalScalars.Apply(step.Operation, a, step.Detail);
            if (stride > 1)
            {
                var slope = Slopes.Of(step.Operation, a, value, step.Detail);
                for (var k = 1; k < stride; k++) rows[target + k] = slope * rows[inputs[0] + k];
            }
            rows[target] = value;
        }
        else
        {
            var b = rows[inputs[1]];
            var value = step.Operation == Operation.Multiply ? Product(inputs[0], inputs[1]) : IntervalScalars.Apply(step.Operation, a, b);
            if (stride > 1)
            {
                var (first, second) = Slopes.Of(step.Operation, a, b, value);
                for (var k = 1; k < stride; k++) rows[target + k] = first * rows[inputs[0] + k] + second * rows[inputs[1] + k];
            }
            rows[target] = value;
        }
    }
}
