using System.Diagnostics;
using Locus.Formats;
using Xunit.Abstractions;

namespace Locus.Tests.Formats;

/// <summary>
/// Another program reads what Locus writes. Where Python or numpy is missing, the golden files, which Python wrote, take its place:
/// equal bytes are read the same.
/// </summary>
public class PythonTests(ITestOutputHelper output)
{
    private const string Script = """
        import sys, json, struct, numpy
        folder = sys.argv[1]
        samples = numpy.load(folder + "/samples.npy")
        energies = numpy.load(folder + "/energies.npy", mmap_mode="r")
        print(samples.dtype.str, samples.shape, samples.flags.c_contiguous, [v.hex() for v in samples.ravel().tolist()])
        print(energies.dtype.str, energies.shape, [v.hex() for v in energies.tolist()])
        raw = open(folder + "/checkpoint.safetensors", "rb").read()
        length, = struct.unpack("<Q", raw[:8])
        header = json.loads(raw[8:8 + length])
        for name in sorted(k for k in header if k != "__metadata__"):
            entry = header[name]
            begin, end = entry["data_offsets"]
            kind = {"U8": "|u1", "I32": "<i4", "I64": "<i8", "F32": "<f4", "F64": "<f8"}[entry["dtype"]]
            values = numpy.frombuffer(raw[8 + length:][begin:end], kind).reshape(entry["shape"])
            print(name, kind, values.tolist())
        print(header["__metadata__"]["problem"], length % 8)
        """;

    private static readonly string[] Expected =
    [
        "<f4 (3, 2) True ['0x1.0000000000000p-1', '-0x1.4000000000000p+0', '0x1.8000000000000p+1', '0x1.ad7f2a0000000p-24', 'inf', '-0x0.0p+0']",
        "<f8 (4,) ['0x1.999999999999ap-4', '-0x1.ddd4baa009303p+997', '0x0.0000000000001p-1022', '0x1.5555555555555p-2']",
        "adam.step <i8 [1099511627776]",
        "count <i4 -7",
        "loss <f8 [0.1, -1e+300]",
        "mask |u1 [0, 1, 255]",
        "weights <f4 [[1.0, -2.0, 0.5], [3.0, 0.10000000149011612, -0.0]]",
        "three-rings 0",
    ];

    [Fact]
    public void Numpy_reads_the_same_values()
    {
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["samples.npy"], Tensor.Of<float>([0.5f, -1.25f, 3, 1e-7f, float.PositiveInfinity, -0f], 3, 2));
        NpyWriter.Write(folder["energies.npy"], Tensor.Of<double>([0.1, -2.5e300, 5e-324, 1.0 / 3]));
        SafetensorsWriter.Write(folder["checkpoint.safetensors"], SafetensorsTests.Tensors(), new Dictionary<string, string> { ["problem"] = "three-rings", ["seed"] = "7" });
        foreach (var name in folder.Names) Assert.Equal(Golden.Bytes(name), File.ReadAllBytes(folder[name]));

        File.WriteAllText(folder["read.py"], Script);
        var lines = Run(folder["read.py"], folder["."]);
        if (lines is null) output.WriteLine("python3 with numpy is missing here: the files were compared with the golden bytes alone");
        else Assert.Equal(Expected, lines);
    }

    private static string[]? Run(string script, string folder)
    {
        // Debian's own Python first, for which the package python3-numpy is.
        foreach (var python in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                if (Start(python, "-c", "import numpy").Code != 0) continue;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                continue;
            }
            var (code, text) = Start(python, script, folder);
            Assert.Equal(0, code);
            return text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        return null;
    }

    private static (int Code, string Output) Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors.Wait();
        return (process.ExitCode, text);
    }
}
