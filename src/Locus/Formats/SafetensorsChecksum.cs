using System.Security.Cryptography;
using System.Text;

namespace Locus.Formats;

/// <summary>
/// SHA-256 of a whole safetensors file with the 64 digits of the checksum itself read as zeros (FIPS 180-4). The digits stand at
/// one fixed place, in lower case: another place or another way of writing them is refused, so that no byte of the file is free.
/// </summary>
internal static class SafetensorsChecksum
{
    /// <summary>The metadata entry with the checksum.</summary>
    public const string Key = "checksum";

    /// <summary>The metadata entry that says who wrote the file. Together with the checksum's own place it makes two marks of
    /// a checked file: one damaged byte cannot hide both.</summary>
    public const string WriterKey = "writer";

    /// <summary>The value of <see cref="WriterKey"/>.</summary>
    public const string Writer = "locus";

    /// <summary>What stands before the digits in the value of <see cref="Key"/>.</summary>
    public const string Algorithm = "sha256:";

    private const string Opening = $"{{\"__metadata__\":{{\"{Key}\":\"{Algorithm}";

    /// <summary>The digits before they are known, and as the sum is taken over them.</summary>
    public static readonly string Blank = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Whether the header begins as that of a checked file does.</summary>
    /// <param name="header">The header without its length.</param>
    public static bool IsPresent(ReadOnlySpan<byte> header) =>
        header.Length >= Opening.Length + Blank.Length && header.StartsWith(Encoding.ASCII.GetBytes(Opening));

    /// <summary>The digits' place in the header.</summary>
    /// <param name="header">The header without its length, see <see cref="IsPresent"/>.</param>
    public static Span<byte> Digits(Span<byte> header) => header.Slice(Opening.Length, Blank.Length);

    /// <summary>The digits of a finished sum.</summary>
    public static byte[] Text(IncrementalHash sum) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sum.GetHashAndReset()));
}
