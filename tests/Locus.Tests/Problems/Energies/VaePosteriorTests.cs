using System.IO.Compression;
using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Formats;
using Locus.Problems;
using Locus.Problems.Energies;
using Locus.Tests.Formats;

namespace Locus.Tests.Problems.Energies;

public sealed class VaePosteriorTests
{
    private const int Latent = 3, Hidden = 5, Pixels = 12;

    // With weights of order 1 no pixel is cut, with weights of order 6 many are.
    [Theory]
    [InlineData(1, false)]
    [InlineData(6, true)]
    public void It_is_the_prior_times_the_likelihood_of_the_image(double size, bool packed)
    {
        using var folder = new TemporaryFolder();
        var (weights, tensors) = Decoder(folder, size);
        var images = Images(folder, packed);
        VaePosterior density = new(weights, images, 1);
        Assert.Equal(Latent, density.Dimension);
        double[] grey = [.. Enumerable.Range(0, Pixels).Select(i => (byte)(37 * (Pixels + i)) / 255.0)];
        DensityChecks.Agree(density, z => Plain(z, tensors, grey), 1, 1e-5);
        if (size == 1) DensityChecks.ScoreIsTheGradient(density, 1);
    }

    [Fact]
    public void Pixels_as_parameters_give_the_posterior_of_each_image()
    {
        using var folder = new TemporaryFolder();
        var (weights, _) = Decoder(folder, 1);
        var images = Images(folder, false);
        VaePosterior any = new(weights, images, null);
        Assert.Equal((Latent, Pixels, 2), (any.Dimension, any.Conditions, any.Observations!.Count));
        var arena = new Arena((Latent + Pixels + 2 * (1 + Latent) + any.ScratchRows) * Block.Lanes);
        var (z, c, values, expected, rest) = (arena.Rows(Latent), arena.Rows(Pixels), arena.Rows(1 + Latent), arena.Rows(1 + Latent), arena.Rows(any.ScratchRows));
        for (var image = 0; image < 2; image++)
        {
            VaePosterior one = new(weights, images, image);
            double[] score = new double[Latent], expectedScore = new double[Latent], scratch = new double[any.ScratchNumbers];
            for (var i = 0UL; i < 10; i++)
            {
                double[] point = [.. Enumerable.Range(0, Latent).Select(d => Draws.Normal(Key.Seed(8), i, (uint)d))];
                Assert.Equal(one.Log(point, [], expectedScore, scratch), any.Log(point, any.Observations[image], score, scratch));
                Assert.Equal(expectedScore, score);
            }
            Draws.Normal(Key.Seed(9), 0, 0, z);
            for (var p = 0; p < Pixels; p++) c[p].Fill((float)any.Observations[image][p]);
            any.Run(z, c, values, rest);
            one.Run(z, default, expected, rest);
            for (var i = 0; i < values.Values.Length; i++) Assert.Equal(expected.Values[i], values.Values[i], 1e-4);
        }
        var problem = Problem.OfEnergy("any", any);
        Assert.Equal((Pixels, "pixel[11]", 0.0, 1.0), (problem.ConditionCount, problem.Parameters[^1].Name, problem.Parameters[0].Lower, problem.Parameters[0].Upper));
        var again = ProblemFile.Parse(problem.ToYaml());
        Assert.Equal((problem.ToYaml(), 2), (again.ToYaml(), again.Energy!.Observations!.Count));
        // A file that names none of them has the same.
        Assert.Equal(Pixels, ProblemFile.Parse($"name: any\nenergy: {{ kind: vae-posterior, weights: {weights}, images: {images}, image: each }}\n").ConditionCount);
    }

    [PublicDataFact("mnist-vae.safetensors", "mnist-t10k-images-idx3-ubyte.gz")]
    public void The_published_decoder_gives_the_mean_log_likelihood_of_its_plain_twin()
    {
        const int count = 200;
        var (weights, images) = (PublicDataFactAttribute.PathOf("mnist-vae.safetensors"), PublicDataFactAttribute.PathOf("mnist-t10k-images-idx3-ubyte.gz"));
        VaePosterior density = new(weights, images, 3);
        using var file = File.OpenRead(images);
        var bytes = IdxReader.Read(file, images);
        double[] grey = [.. bytes.Bytes.Slice(3 * 784, 784).ToArray().Select(b => b / 255.0)];
        var tensors = SafetensorsReader.Read(weights).Tensors;
        var scratch = new double[density.ScratchNumbers];
        double mean = 0, plain = 0;
        for (var i = 0UL; i < count; i++)
        {
            double[] z = [.. Enumerable.Range(0, 20).Select(d => Draws.Normal(Key.Seed(8), i, (uint)d))];
            mean += (density.Log(z, [], [], scratch) + Prior(z)) / count;
            plain += (Plain(z, tensors, grey) + Prior(z)) / count;
        }
        Assert.Equal(plain, mean, 1e-9);
        DensityChecks.Agree(density, null, 1, 1e-5);

        static double Prior(double[] z) => z.Sum(v => v * v) / 2 + z.Length / 2.0 * Math.Log(2 * Math.PI);
    }

    [Fact]
    public void Files_that_do_not_fit_are_told_by_name()
    {
        using var folder = new TemporaryFolder();
        var (weights, tensors) = Decoder(folder, 1);
        var images = Images(folder, false);
        string Message(string w, string i, int image = 0)
        {
            object Make() => new VaePosterior(w, i, image);
            return Assert.ThrowsAny<LocusException>(Make).Message;
        }

        Assert.Equal($"{images}: there is no image 2; it holds 2, numbered from 0", Message(weights, images, 2));
        Assert.Contains("there is no image -1", Message(weights, images, -1), StringComparison.Ordinal);
        var labels = folder["labels"];
        File.WriteAllBytes(labels, [0, 0, 8, 1, 0, 0, 0, 2, 5, 7]);
        Assert.Equal($"{labels}, byte 3: the file holds numbers along 1 axis, images have more: this may be the file of the labels", Message(weights, labels));
        Assert.Contains("the header should have", Message(images, images), StringComparison.Ordinal);
        Assert.Contains("IDX images begin with 00000803", Message(weights, weights), StringComparison.Ordinal);
        var other = folder["other"];
        File.WriteAllBytes(other, [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4]);
        Assert.Equal($"{other}: an image has 4 pixels, the decoder of {weights} gives 12: the files do not belong together", Message(weights, other));
        var wrong = folder["wrong.safetensors"];
        SafetensorsWriter.Write(wrong, tensors.Where(pair => pair.Key != "decoder.hidden.bias").ToDictionary(pair => pair.Key, pair => pair.Value), new Dictionary<string, string>());
        Assert.StartsWith($"{wrong}: has no tensor 'decoder.hidden.bias'; it has decoder.hidden.weight, decoder.pixels.bias, decoder.pixels.weight;", Message(wrong, images), StringComparison.Ordinal);
        SafetensorsWriter.Write(wrong, new Dictionary<string, Tensor>(tensors) { ["decoder.hidden.bias"] = Tensor.Of<float>([1, 2]) }, new Dictionary<string, string>());
        Assert.StartsWith($"{wrong}: decoder.hidden.weight has the shape (5, 3) and decoder.hidden.bias 2;", Message(wrong, images), StringComparison.Ordinal);
    }

    internal static (string Path, IReadOnlyDictionary<string, Tensor> Tensors) Decoder(TemporaryFolder folder, double size)
    {
        Tensor Drawn(string name, params int[] shape) =>
            Tensor.Of<float>([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => (float)(size * Draws.Normal(Key.Seed(9).Fold(name), (ulong)i, 0)))], shape);
        var tensors = new Dictionary<string, Tensor>
        {
            ["decoder.hidden.weight"] = Drawn("a", Hidden, Latent), ["decoder.hidden.bias"] = Drawn("b", Hidden), ["decoder.pixels.weight"] = Drawn("c", Pixels, Hidden), ["decoder.pixels.bias"] = Drawn("d", Pixels),
        };
        SafetensorsWriter.Write(folder["decoder.safetensors"], tensors, new Dictionary<string, string>());
        return (folder["decoder.safetensors"], tensors);
    }

    internal static string Images(TemporaryFolder folder, bool packed)
    {
        byte[] content = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. Enumerable.Range(0, 2 * Pixels).Select(i => (byte)(37 * i))];
        using var file = File.Create(folder["images"]);
        using Stream target = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(content);
        return folder["images"];
    }

    private static double Plain(double[] z, IReadOnlyDictionary<string, Tensor> tensors, double[] grey)
    {
        double[] Layer(string name, double[] x)
        {
            var (w, b) = (tensors[$"decoder.{name}.weight"].ToArray<float>(), tensors[$"decoder.{name}.bias"].ToArray<float>());
            return [.. b.Select((bias, i) => bias + x.Select((v, j) => (double)w[i * x.Length + j] * v).Sum())];
        }
        double[] hidden = [.. Layer("hidden", z).Select(v => Math.Max(v, 0))];
        var log = z.Sum(v => -v * v / 2 - 0.5 * Math.Log(2 * Math.PI));
        foreach (var (t, x) in Layer("pixels", hidden).Zip(grey))
        {
            var p = Math.Clamp(1 / (1 + Math.Exp(-t)), 1e-5, 1 - 1e-5);
            log += x * Math.Log(p) + (1 - x) * Math.Log(1 - p);
        }
        return log;
    }
}
