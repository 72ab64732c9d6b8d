namespace Locus.Engine.Random;

/// <summary>One word in a slot of 64 bits: the plain twin of <see cref="Words16"/> and <see cref="Words8"/>.</summary>
internal readonly struct Words1 : IWords<Words1>
{
    private readonly ulong v;

    private Words1(ulong v) => this.v = v;

    public static int Count => 1;

    public static Words1 Of(uint word) => new(word);

    public static void Sequence(ulong first, out Words1 low, out Words1 high)
    {
        low = new Words1(first);
        high = new Words1(first >> 32);
    }

    public static Words1 Multiply(Words1 a, uint factor) => new((ulong)(uint)a.v * factor);

    public static Words1 High(Words1 a) => new(a.v >> 32);

    public static Words1 Xor(Words1 a, Words1 b, Words1 c) => new(a.v ^ b.v ^ c.v);

    public static unsafe void Store(Words1 a, uint* target) => *target = (uint)a.v;
}
