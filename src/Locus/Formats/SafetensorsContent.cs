namespace Locus.Formats;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">The texts that came with them, without the two entries that belong to the format itself (writer, checksum).</param>
/// <param name="Verified">Whether the file carried a checksum, which then was right.</param>
public sealed record SafetensorsContent(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata, bool Verified);
