namespace Locus.Cli.Runs;

/// <summary>How long each classical way to draw is run.</summary>
/// <param name="Seconds">The time; null for as long as the network took for training and drawing.</param>
internal sealed record RivalScope(double? Seconds);
