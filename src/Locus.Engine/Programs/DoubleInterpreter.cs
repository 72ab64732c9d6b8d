namespace Locus.Engine.Programs;

/// <summary>Runs a program on one point in double precision: the twin of <see cref="LaneInterpreter{T, TNumber, TFunctions}"/>, in the same order of operations.</summary>
internal readonly ref struct DoubleInterpreter(
    Program program, ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> outputs, Span<double> scratch)
{
    private readonly Code code = program.Code;
    private readonly ReadOnlySpan<double> constants = program.Constants.AsSpan();
    private readonly ReadOnlySpan<double> x = x;
    private readonly ReadOnlySpan<double> c = c;
    private readonly Span<double> outputs = outputs;
    private readonly Span<double> scratch = scratch;
    private readonly Span<double> call = scratch[program.CallRow..];

    public void Run()
    {
        foreach (ref readonly var step in code.Steps.AsSpan())
        {
            switch (step.Operation)
            {
                case Operation.Linear:
                    Linear(step);
                    break;
                case Operation.Dot:
                    var sum = Read(step, 0);
                    for (var i = 1; i < step.Inputs; i += 2) sum = Math.FusedMultiplyAdd(Read(step, i), Read(step, i + 1), sum);
                    Target(step, 0) = sum;
                    break;
                case Operation.Norm:
                    var square = 0.0;
                    for (var i = 0; i < step.Inputs; i++) square = Math.FusedMultiplyAdd(Read(step, i), Read(step, i), square);
                    Target(step, 0) = Math.Sqrt(square);
                    break;
                case Operation.Call:
                    Call(step);
                    break;
                default:
                    var second = step.Operation == Operation.IntegerPower ? step.Detail : step.Inputs > 1 ? Read(step, 1) : 0;
                    Target(step, 0) = Scalars.Apply(
                        step.Operation, Read(step, 0), second, step.Inputs > 2 ? Read(step, 2) : 0, step.Inputs > 3 ? Read(step, 3) : 0);
                    break;
            }
        }
    }

    private void Linear(in Code.Step step)
    {
        var (n, m) = (step.Inputs, step.Targets);
        var numbers = code.Numbers.AsSpan(step.Detail, m * (n + 1));
        for (var j = 0; j < m; j++)
        {
            var sum = numbers[m * n + j];
            for (var i = 0; i < n; i++) sum = Math.FusedMultiplyAdd(numbers[j * n + i], Read(step, i), sum);
            Target(step, j) = sum;
        }
    }

    private void Call(in Code.Step step)
    {
        var arguments = call[..step.Inputs];
        var values = call.Slice(step.Inputs, step.Targets);
        for (var i = 0; i < step.Inputs; i++) arguments[i] = Read(step, i);
        FunctionCall.Invoke(code.Functions[step.Detail], arguments, values);
        for (var i = 0; i < step.Targets; i++) Target(step, i) = values[i];
    }

    private double Read(in Code.Step step, int input)
    {
        var row = code.Rows[step.First + input];
        var index = row & Row.IndexMask;
        return (RowKind)(row >> Row.IndexBits) switch
        {
            RowKind.Point => x[index],
            RowKind.Condition => c[index],
            RowKind.Constant => constants[index],
            RowKind.Scratch => scratch[index],
            _ => outputs[index],
        };
    }

    private ref double Target(in Code.Step step, int target)
    {
        var row = code.Rows[step.First + step.Inputs + target];
        var index = row & Row.IndexMask;
        if ((RowKind)(row >> Row.IndexBits) == RowKind.Output) return ref outputs[index];
        return ref scratch[index];
    }
}
