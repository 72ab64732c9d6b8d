namespace Locus.Formats;

/// <summary>The type of the numbers of a <see cref="Tensor"/>, under its name in safetensors.</summary>
public enum TensorType
{
    /// <summary>Unsigned byte; numpy '|u1'.</summary>
    U8,

    /// <summary>Signed 32-bit integer; numpy '&lt;i4'.</summary>
    I32,

    /// <summary>Signed 64-bit integer; numpy '&lt;i8'.</summary>
    I64,

    /// <summary>IEEE 754 number of 32 bits; numpy '&lt;f4'.</summary>
    F32,

    /// <summary>IEEE 754 number of 64 bits; numpy '&lt;f8'.</summary>
    F64,
}
