namespace Locus.Engine.Kernels;
internal static class ElementaryDouble
{
    public static double Exp(double a) => Math.Exp(a);
    public static double Log(double a) => Math.Log(a);
    public static double Sin(double a) => Math.Sin(a);
    public static double Cos(double a) => Math.Cos(a);
    public static double Tanh(double a) => Math.Tanh(a);
    public static double Atan2(double a, double b) => Math.Atan2(a, b);
    public static double Erf(double x)
    {
        // Series / continued fraction stand-in.
        var z = Math.Abs(x);
        double r;
        if (z < 3)
        {
            double term = z, sum = z;
            for (var n = 1; n < 100; n++) { term *= -z * z / n; sum += term / (2 * n + 1); }
            r = 2 / Math.Sqrt(Math.PI) * sum;
        }
        else
        {
            var f = 0.0;
            for (var n = 60; n >= 1; n--) f = n / 2.0 / (z + f);
            r = 1 - Math.Exp(-z * z) / Math.Sqrt(Math.PI) / (z + f);
        }
        return Math.CopySign(r, x);
    }
}
internal static class Elementary
{
    private static unsafe T Map<T>(T a, T b, Func<float, float, float> f) where T : struct, ILanes<T>
    {
        var x = stackalloc float[16]; var y = stackalloc float[16];
        T.Store(a, x); T.Store(b, y);
        for (var i = 0; i < T.Count; i++) x[i] = f(x[i], y[i]);
        return T.Load(x);
    }
    public static T Exp<T>(T a) where T : struct, ILanes<T> => Map(a, a, static (x, _) => MathF.Exp(x));
    public static T Log<T>(T a) where T : struct, ILanes<T> => Map(a, a, static (x, _) => MathF.Log(x));
    public static T Sin<T>(T a) where T : struct, ILanes<T> => Map(a, a, static (x, _) => MathF.Sin(x));
    public static T Cos<T>(T a) where T : struct, ILanes<T> => Map(a, a, static (x, _) => MathF.Cos(x));
    public static T Tanh<T>(T a) where T : struct, ILanes<T> => Map(a, a, static (x, _) => MathF.Tanh(x));
    public static T Erf<T>(T a) where T : struct, ILanes<T> => Map(a, a, static (x, _) => (float)ElementaryDouble.Erf(x));
    public static T Atan2<T>(T a, T b) where T : struct, ILanes<T> => Map(a, b, static (x, y) => MathF.Atan2(x, y));
}
