using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Tests;

/// <summary>Wrong words on the command line.</summary>
public class BadUsageTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    [Fact]
    public void An_unknown_verb_is_answered_with_the_nearest_one()
    {
        LocusProgram.Call("trian", "three-rings").Refused(ExitCode.Usage, "'trian' is not a verb", "did you mean \"train\"?", "locus --help");
        LocusProgram.Call("check", "many-well-7").Refused(ExitCode.Usage, "the gallery has no 'many-well-7'; it has many-well-N, N even from 2 to 512");
        LocusProgram.Call("list", "all").Refused(ExitCode.Usage, "'all'", "locus list --help");
        LocusProgram.Call("train", "three-rings", "--sed", "3").Refused(ExitCode.Usage, "'--sed'", "locus train --help");
        LocusProgram.Call("train").Refused(ExitCode.Usage, "PROBLEM", "locus train --help");
        LocusProgram.Call("sample", "run").Refused(ExitCode.Usage, "--count", "required");
        LocusProgram.Call("new", "").Refused(ExitCode.Usage, "FILE.yaml is empty");
    }

    [Theory]
    [InlineData("--threads 0", "--threads must be at least 1, not 0")]
    [InlineData("--threads 100000", "--threads must be at most 1024, not 100000")]
    [InlineData("--threads two", "--threads takes a whole number, not 'two'")]
    [InlineData("--seed one", "--seed takes a whole number, not 'one'")]
    [InlineData("--seed 9223372036854775808", "--seed 9223372036854775808 is too large")]
    [InlineData("--count -1", "--count must be at least 1, not -1")]
    [InlineData("--count 0", "--count must be at least 1, not 0")]
    [InlineData("--recipe ppaper", "no recipe 'ppaper'")]
    [InlineData("--set batch=100", "'batch' must be a multiple of 64, not 100; the nearest is 128")]
    [InlineData("--set batch=0", "'batch' must be at least 64")]
    [InlineData("--set hidden=", "'hidden' takes whole numbers separated by commas")]
    [InlineData("--set hidden=32,", "'hidden' takes whole numbers separated by commas")]
    [InlineData("--set hidden=0", "'hidden' must be at least 1")]
    [InlineData("--set hidden=60000,60000", "'hidden' makes a network of 3600000000 weights")]
    [InlineData("--set learningRate=NaN", "'learningRate' must be above 0")]
    [InlineData("--set learningRate=fast", "'learningRate' takes a number, not 'fast'")]
    [InlineData("--set residual=yes", "'residual' takes true or false, not 'yes'")]
    [InlineData("--set rounds", "--set takes name=value, not 'rounds'")]
    [InlineData("--set =3", "--set takes name=value, not '=3'")]
    [InlineData("--require success", "--require takes name=value, not 'success'")]
    [InlineData("--require success=high", "'high' is not a number")]
    [InlineData("--require sucess=1", "did you mean \"success\"?")]
    public void Wrong_values_are_refused_before_anything_is_written(string words, string message)
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call(["train", "rectangle", "--out", folder["run"], .. words.Split(' ')]).Refused(ExitCode.Usage, message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_problem_in_place_of_a_run_is_to_be_trained_first()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("plate.yaml", "name: plate");
        LocusProgram.Call("sample", file, "--count", "1").Refused(ExitCode.Usage, $"{file} is a problem file; train it first: locus train {file}, then locus sample runs/plate-001");
        LocusProgram.Call("report", file).Refused(ExitCode.Usage, $"{file} is a problem file", "then locus report runs/plate-001");
        LocusProgram.Call("report", "three-rings").Refused(ExitCode.Usage, "three-rings is a problem of the gallery; train it first: locus train three-rings, then locus report runs/three-rings-001");
        LocusProgram.Call("report", folder["missing.yaml"]).Refused(ExitCode.Usage, "there is no such run folder");
    }

    [Theory]
    [InlineData("sample RUN --count 1 --out", "a.npy")]
    [InlineData("report RUN --count 64 --out", "a.html")]
    [InlineData("new", "a.yaml")]
    public void A_folder_that_does_not_exist_is_wrong_input(string words, string name)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder["missing"], name);
        LocusProgram.Call([.. words.Split(' ').Select(word => word == "RUN" ? runs.Rings : word), file]).Refused(ExitCode.Usage, file, $"the folder '{folder["missing"]}' does not exist");
    }

    [Theory]
    [InlineData("sample run --count 1")]
    [InlineData("report run")]
    public void An_option_of_training_is_none_of_sampling(string words) =>
        LocusProgram.Call([.. words.Split(' '), "--set", "rounds=5", "--set", "steps=9", "--set", "poolSize=64"])
            .Refused(ExitCode.Usage, "--set rounds=5: 'rounds' is an option of train, not of sampling, which has method, steps", "'poolSize' is an option of train");

    [Fact]
    public void All_mistakes_of_a_kind_are_told_at_once()
    {
        using var folder = new TemporaryFolder();
        string[] train = ["train", "rectangle", "--out", folder["run"]];
        LocusProgram.Call([.. train, "--set", "roundz=3", "--set", "hiden=8", "--set", "sampler.stps=1", "--set", "updates=no"])
            .Refused(ExitCode.Usage, "\"rounds\"", "\"hidden\"", "\"sampler.steps\"", "'updates' takes a whole number");
        LocusProgram.Call([.. train, "--recipe", "paper", "--set", "batch=100", "--set", "learningRateEnd=1", "--set", "alphaVelocity=0", "--set", "alphaConstraint=0"])
            .Refused(ExitCode.Usage, "'batch'", "'learningRateEnd'", "'alphaVelocity' and");
        LocusProgram.Call([.. train, "--set", "batch=100", "--set", "poolSize=2000", "--set", "updates=9", "--set", "residual=false"])
            .Refused(ExitCode.Usage, "'batch' must be", "'poolSize' must be a multiple", "'updates' must be at least 'rounds'", "'residual' must be true");
        LocusProgram.Call([.. train, "--set", "passes=3", "--set", "filter=1", "--set", "rounds=0"])
            .Refused(ExitCode.Usage, "'passes' is an option of the recipe paper; to train by that one, add --recipe paper", "'filter' is an option of the recipe paper", "'rounds' must be");
        LocusProgram.Call("train", "rectangle", "--set", "search=tempering").Refused(ExitCode.Usage, "'search' is an option of the recipes tb, ", ", for other problems than 'rectangle'");
        LocusProgram.Call("train", "gmm-9", "--set", "poolSize=4096").Refused(ExitCode.Usage, "'poolSize' is an option of the recipes locus, paper, for other problems than 'gmm-9'");
        LocusProgram.Call([.. train, "--threads", "0", "--count", "0", "--seed", "x"]).Refused(ExitCode.Usage, "--threads", "--count", "--seed");
        LocusProgram.Call([.. train, "--require", "sucess=1", "--require", "maxslak=1"]).Refused(ExitCode.Usage, "\"success\"", "\"maxSlack\"");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("train three-rings --rounds 20", "'--rounds' is not a flag of its own; write --set rounds=20")]
    [InlineData("train three-rings --rounds=20", "write --set rounds=20")]
    [InlineData("train --rounds 20 three-rings", "write --set rounds=20")]
    [InlineData("train three-rings --rounds", "write --set rounds=VALUE")]
    [InlineData("train three-rings --pool-size 1024 --steps 9", "write --set poolSize=1024", "write --set sampler.steps=9")]
    [InlineData("train three-rings --rounds 20 --seed x --foo", "write --set rounds=20", "--seed takes a whole number", "'--foo'")]
    [InlineData("sample runs/x --count 10 --steps 20", "write --set steps=20")]
    [InlineData("report runs/x --sampler.method heun", "write --set method=heun")]
    public void An_option_that_is_written_as_a_flag_is_answered_with_what_to_write(string words, params string[] messages)
    {
        var answer = LocusProgram.Call(words.Split(' ')).Refused(ExitCode.Usage, messages);
        // The mistakes and a line about --help, nothing about the words behind the flag.
        Assert.Equal(messages.Length + 1, answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_pool_beyond_any_array_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        foreach (var recipe in Recipe.All.Where(recipe => recipe.Options is FlowTrainingOptions))
            LocusProgram.Call("train", "disks-50", "--recipe", recipe.Name, "--quiet", "--out", folder["run"], "--set", "poolSize=100000000").Refused(ExitCode.Usage, "'poolSize'", "more than");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_training_that_does_not_fit_into_the_memory_leaves_no_folder()
    {
        using var folder = new TemporaryFolder();
        // A heap of 128 MB, in the hexadecimal that the runtime takes; the pool alone would have 800 MB.
        var little = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "8000000" };
        foreach (var recipe in Recipe.All.Where(recipe => recipe.Options is FlowTrainingOptions))
        {
            LocusProgram.Run(folder.Path, little, "train", "rectangle", "--recipe", recipe.Name, "--quiet", "--out", folder["run"], "--set", "poolSize=100000000")
                .Refused(ExitCode.Failed, "more memory than there is", "poolSize");
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }
    }
}
