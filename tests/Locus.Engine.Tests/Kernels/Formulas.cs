using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

internal readonly struct ExpFormula : IFormula
{
    public static string Name => "exp";
    public static double Bound => 1.1;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Exp(x);
    public static double Exact(double x) => Math.Exp(x);
}

internal readonly struct LogFormula : IFormula
{
    public static string Name => "log";
    public static double Bound => 1;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Log(x);
    public static double Exact(double x) => Math.Log(x);
}

internal readonly struct SinFormula : IFormula
{
    public static string Name => "sin";
    public static double Bound => 1.7;
    public static float Limit => Elementary.LargestAngle;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Sin(x);
    public static double Exact(double x) => Math.Sin(x);
}

internal readonly struct CosFormula : IFormula
{
    public static string Name => "cos";
    public static double Bound => 1.7;
    public static float Limit => Elementary.LargestAngle;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Cos(x);
    public static double Exact(double x) => Math.Cos(x);
}

internal readonly struct TanhFormula : IFormula
{
    public static string Name => "tanh";
    public static double Bound => 1.5;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Tanh(x);
    public static double Exact(double x) => Math.Tanh(x);
}

internal readonly struct ErfFormula : IFormula
{
    public static string Name => "erf";
    public static double Bound => 1.5;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Erf(x);
    public static double Exact(double x) => ErrorFunctionSeries.Erf(x);
}

internal readonly struct AtanFormula : IFormula
{
    public static string Name => "atan2(x, 1)";
    public static double Bound => 2;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Atan2(x, T.Of(1f));
    public static double Exact(double x) => Math.Atan(x);
}

internal readonly struct SigmoidFormula : IFormula
{
    public static string Name => "sigmoid";
    public static double Bound => 2.5;
    public static float Lowest => -87f;
    public static T Of<T>(T x) where T : struct, ILanes<T> => Elementary.Sigmoid(x);
    public static double Exact(double x) => 1 / (1 + Math.Exp(-x));
}
