namespace Locus.Methods.OffPolicy;

/// <summary>Numbers in falling order, those alike in the order of their places: a radix sort of four passes, which costs the same for any values and allocates nothing.</summary>
internal sealed class RankOrder
{
    private const int Radix = 256;

    private readonly int[] counts = new int[Radix];
    private int[] order;
    private int[] other;

    /// <summary>Memory for some numbers.</summary>
    public RankOrder(int capacity) => (order, other) = (new int[capacity], new int[capacity]);

    /// <summary>The place of the number of a rank, the largest having rank 0.</summary>
    public int this[int rank] => order[rank];

    /// <summary>The places by rank.</summary>
    public Span<int> Ranked(int count) => order.AsSpan(0, count);

    /// <summary>Sorts finite numbers.</summary>
    public void Sort(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++) order[i] = i;
        for (var shift = 0; shift < 32; shift += 8)
        {
            Array.Clear(counts);
            foreach (var value in values) counts[Digit(value, shift)]++;
            var sum = 0;
            for (var digit = 0; digit < Radix; digit++) (counts[digit], sum) = (sum, sum + counts[digit]);
            for (var i = 0; i < values.Length; i++)
            {
                var place = order[i];
                other[counts[Digit(values[place], shift)]++] = place;
            }
            (order, other) = (other, order);
        }
    }

    // Bits that fall where the number rises: those of a positive number inverted, of a negative one as they are but for the sign.
    private static int Digit(float value, int shift)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var falling = (bits & 0x8000_0000) == 0 ? bits ^ 0x7FFF_FFFF : bits;
        return (int)(falling >> shift) & (Radix - 1);
    }
}
