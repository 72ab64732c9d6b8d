// What a variational autoencoder's decoder says of one image x in [0, 1]^P: z ~ N(0, I), p = sigma(W2 relu(W1 z + b1) + b2) cut to [1e-5, 1 - 1e-5], log-likelihood sum_i x_i log p_i + (1 - x_i) log(1 - p_i), the grey values as they are (Kingma and
// Welling 2014; Sendera et al. 2024, appendix D). With t = -(W2 h + b2), cut to +-log((1 - 1e-5) / 1e-5), the likelihood of a pixel is log sigma(t) - x t, and its derivative by t is sigma(-t) - x, 0 where t was cut.
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Formats;

namespace Locus.Problems.Energies;

/// <summary>The posterior of the latent coordinates of an image: of one, or of any, its pixels being the parameters.</summary>
public sealed class VaePosterior : DataDensity
{
    /// <summary>What stands in problem files for any image.</summary>
    internal const string Each = "each";

    private const double Least = 1e-5;
    private static readonly double Limit = ElementaryDouble.Log((1 - Least) / Least);

    private readonly DataFile weightFile;
    private readonly DataFile imageFile;
    private readonly int? image;
    private readonly Layer hidden;
    private readonly Layer pixels;
    private readonly double[] grey;
    private readonly float[] minusGrey;
    private readonly Points? observations;
    private readonly double constant;

    /// <summary>A posterior from a decoder and an image.</summary>
    /// <param name="weights">A safetensors file with the float32 tensors decoder.hidden.weight [H, D], decoder.hidden.bias [H], decoder.pixels.weight [P, H] and decoder.pixels.bias [P].</param>
    /// <param name="images">An IDX file of images of P bytes each, plain or compressed by gzip.</param>
    /// <param name="image">Number of the image, from 0; null for the posterior of any image, whose pixels from 0 to 1 are the parameters, and those of the file the observations.</param>
    /// <exception cref="LocusException">A file cannot be read or does not fit; the message names the file.</exception>
    public VaePosterior(string weights, string images, int? image = 0)
    {
        (weightFile, (hidden, pixels)) = DataFile.Read(weights, (stream, name) =>
        {
            var tensors = SafetensorsReader.Read(stream, name).Tensors;
            var first = Layer.Of(tensors, "decoder.hidden", name, 1);
            var second = Layer.Of(tensors, "decoder.pixels", name, -1);
            return second.Inputs == first.Outputs ? (first, second) : throw new LocusException($"{name}: decoder.hidden has {first.Outputs} outputs, decoder.pixels {second.Inputs} inputs: these are not the layers of one network");
        });
        (imageFile, var all) = DataFile.Read(images, (stream, name) => Grey(IdxReader.Read(stream, name), name, image));
        if (all.Dimension != pixels.Outputs) throw new LocusException($"{images}: an image has {all.Dimension} pixels, the decoder of {weights} gives {pixels.Outputs}: the files do not belong together");
        this.image = image;
        (grey, observations) = image is null ? (Array.Empty<double>(), all) : (all.Values, null);
        minusGrey = [.. grey.Select(x => -(float)x)];
        constant = -0.5 * Dimension * ElementaryDouble.Log(2 * Math.PI);
    }

    /// <inheritdoc/>
    public override int Dimension => hidden.Inputs;

    /// <inheritdoc/>
    public override int Conditions => image is null ? pixels.Outputs : 0;

    /// <inheritdoc/>
    public override Points? Observations => observations;

    /// <inheritdoc/>
    internal override IReadOnlyList<Parameter> Parameters => image is null ? Parameter.Vector("pixel", pixels.Outputs, 0, 1) : [];

    /// <inheritdoc/>
    public override string Kind => "vae-posterior";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, DataFile File)> Files => [("weights", weightFile), ("images", imageFile)];

    /// <inheritdoc/>
    public override int ScratchNumbers => 2 * hidden.Outputs;

    /// <inheritdoc/>
    public override int ScratchRows => 3 * hidden.Outputs + 3 * pixels.Outputs;

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Key, string Value)> Settings => [("image", image is { } number ? Numbers.Print(number) : Each)];

    /// <inheritdoc/>
    public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
    {
        var active = scratch[..hidden.Outputs];
        var back = scratch.Slice(hidden.Outputs, hidden.Outputs);
        var image = this.image is null ? c : grey;
        var log = constant - 0.5 * DoubleRows.Dot(x, x);
        for (var k = 0; k < active.Length; k++) active[k] = Math.Max(hidden.At(k, x), 0);
        back.Clear();
        for (var i = 0; i < image.Length; i++)
        {
            var raw = pixels.At(i, active);
            var t = Math.Clamp(raw, -Limit, Limit);
            var e = ElementaryDouble.Exp(-Math.Abs(t));
            log += Math.Min(t, 0) - ElementaryDouble.Log(1 + e) - image[i] * t;
            if (!score.IsEmpty && Math.Abs(raw) < Limit) DoubleRows.AddScaled((t > 0 ? e : 1) / (1 + e) - image[i], pixels.Row(i), back);
        }
        for (var d = 0; d < score.Length; d++) score[d] = -x[d];
        for (var k = 0; k < active.Length && !score.IsEmpty; k++)
            if (active[k] > 0) DoubleRows.AddScaled(back[k], hidden.Row(k), score);
        return log;
    }

    /// <inheritdoc/>
    public override void Run(Block x, Block c, Block values, Block scratch)
    {
        var (h, p) = (hidden.Outputs, pixels.Outputs);
        Block active = scratch.Slice(0, h), slopes = scratch.Slice(h, h), back = scratch.Slice(2 * h, h), t = scratch.Slice(3 * h, p), terms = scratch.Slice(3 * h + p, p), byPixel = scratch.Slice(3 * h + 2 * p, p);
        var score = values.Slice(1, Dimension);
        Dense.Forward<Relu>(hidden.Single, hidden.SingleBias, x, active, slopes);
        Dense.Forward(pixels.Single, pixels.SingleBias, active, t);
        Elementwise.Clamp((float)Limit, t);
        t.Values.CopyTo(terms.Values);
        ActivationKernel.Forward<LogSigmoid>(terms, byPixel);
        if (image is null) Elementwise.Combine(1, byPixel, -1, c);
        else Elementwise.AddToRows(byPixel, minusGrey);
        Elementwise.ClampBack((float)Limit, t, byPixel);
        Dense.Backward(pixels.Single, byPixel, back, slopes);
        Dense.Backward(hidden.Single, back, score);
        Elementwise.Combine(1, score, -1, x);
        Span<double> logs = stackalloc double[Block.Lanes];
        logs.Fill(constant);
        LaneSums.AddProducts(x, x, -0.5, logs);
        LaneSums.Add(terms, 1, logs);
        if (image is null) LaneSums.AddProducts(t, c, -1, logs);
        else LaneSums.AddWeighted(t, grey, -1, logs);
        for (var lane = 0; lane < logs.Length; lane++) values[0][lane] = (float)logs[lane];
    }

    private static Points Grey(Tensor images, string name, int? image)
    {
        if (images.Shape.Count < 2) throw FileContentException.AtByte(name, 3, $"the file holds numbers along {images.Shape.Count} axis, images have more: this may be the file of the labels");
        if (image < 0 || image >= images.Shape[0]) throw new LocusException($"{name}: there is no image {image}; it holds {images.Shape[0]}, numbered from 0");
        var size = images.Count / images.Shape[0];
        var bytes = image is { } number ? images.Bytes.Slice(number * size, size) : images.Bytes;
        return new Points([.. bytes.ToArray().Select(value => value / 255.0)], size);
    }

    /// <summary>A dense layer in both precisions, times a sign.</summary>
    private sealed record Layer(int Inputs, int Outputs, float[] Single, float[] SingleBias, double[] Weights, double[] Bias)
    {
        public static Layer Of(IReadOnlyDictionary<string, Tensor> tensors, string layer, string file, int sign)
        {
            var (weights, bias) = (Find($"{layer}.weight", 2), Find($"{layer}.bias", 1));
            if (weights.Shape[0] != bias.Shape[0] || weights.Count == 0) throw new LocusException($"{file}: {layer}.weight has the shape ({string.Join(", ", weights.Shape)}) and {layer}.bias {bias.Shape[0]}; expected are [outputs, inputs] and [outputs]");
            float[] w = [.. weights.ToArray<float>().Select(v => sign * v)], b = [.. bias.ToArray<float>().Select(v => sign * v)];
            if (!w.Concat(b).All(float.IsFinite)) throw new LocusException($"{file}: {layer} holds numbers that are not finite: its training failed");
            return new Layer(weights.Shape[1], weights.Shape[0], w, b, [.. w.Select(v => (double)v)], [.. b.Select(v => (double)v)]);

            Tensor Find(string name, int axes)
            {
                if (!tensors.TryGetValue(name, out var tensor)) throw new LocusException($"{file}: has no tensor '{name}'; it has {string.Join(", ", tensors.Keys.Order(StringComparer.Ordinal).Take(8))}; rename the decoder's layers to decoder.hidden and decoder.pixels");
                return tensor.Type == TensorType.F32 && tensor.Shape.Count == axes ? tensor : throw new LocusException($"{file}: '{name}' is {tensor.Type} with {tensor.Shape.Count} axes; expected is F32 with {axes}");
            }
        }

        public double At(int row, ReadOnlySpan<double> x) => Bias[row] + DoubleRows.Dot(Row(row), x);

        public ReadOnlySpan<double> Row(int row) => Weights.AsSpan(row * Inputs, Inputs);
    }
}
