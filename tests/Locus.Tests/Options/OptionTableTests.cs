using System.Text.Json.Nodes;
using Locus.Engine.Networks;
using Locus.Flows;
using Locus.Options;
using Locus.Runs;
using Locus.Training;

namespace Locus.Tests.Options;

public sealed class OptionTableTests
{
    /// <summary>Every option with another value than its default.</summary>
    private static readonly PaperOptions Everything = new()
    {
        Rounds = 7, PoolSize = 1000, Passes = 3, Batch = 128, AlphaVelocity = 0.1 + 0.2, AlphaConstraint = 1e-300, VelocityLoss = VelocityLoss.Sum, Clip = 1.0 / 3,
        NoiseStart = 0.75, NoiseEnd = 5e-324, NoiseCount = NoiseCount.Literal, Filter = double.PositiveInfinity, DrawCap = 3, Shortfall = Shortfall.Nothing, PoolSteps = 1,
        PoolFromAverage = false, TimeLaw = TimeLaw.LogitNormal, Hidden = [3, 1, 65536], Activation = ActivationKind.Gelu, TimeEmbedding = TimeEmbeddingKind.Harmonic,
        TimeFrequencies = 20, PositionFrequencies = 3, Residual = true, OutputScale = 0, LearningRate = 0.25, LearningRateEnd = 1e-5, LearningRateDecay = LearningRateDecay.Linear, WarmupSteps = 1000000000,
        Beta1 = 0.5, Beta2 = 0.9999999, WeightDecay = 0.01, AverageDecay = 0, GradientClip = 1.5,
        Sampler = new() { Method = FlowMethod.EulerMaruyama, Steps = 9, GridPower = 2.5, Clip = 0.125, Noise = FlowNoise.VariancePreserving, NoiseStrength = 1e300, NoiseEnd = 1 },
    };

    [Fact]
    public void Every_value_comes_back_from_JSON()
    {
        var defaults = OptionTable.Rows(new PaperOptions());
        Assert.All(OptionTable.Rows(Everything).Zip(defaults), pair => Assert.NotEqual(pair.Second.Default, pair.First.Default));
        var text = OptionTable.ToJson(Everything).ToJsonString();
        var back = OptionTable.FromJson(new PaperOptions(), JsonNode.Parse(text)!.AsObject());
        Assert.Equal(text, OptionTable.ToJson(back).ToJsonString());
        Assert.Equal(Everything, back with { Hidden = Everything.Hidden });
        Assert.Equal(Everything.Hidden, back.Hidden);
        Assert.Empty(back.Validate());
    }

    [Fact]
    public void Every_value_comes_back_from_the_texts_of_the_table()
    {
        var settings = OptionTable.Rows(Everything).Select(row => KeyValuePair.Create(row.Key, row.Default));
        Assert.Equal(OptionTable.ToJson(Everything).ToJsonString(), OptionTable.ToJson(OptionTable.Set(new PaperOptions(), settings)).ToJsonString());
    }

    [Fact]
    public void Keys_missing_in_JSON_keep_their_value_and_letters_may_be_of_any_case()
    {
        var options = OptionTable.FromJson(Everything, new JsonObject { ["ROUNDS"] = 8, ["sampler"] = new JsonObject { ["steps"] = "12" } });
        Assert.Equal((8, 12, 0.25, FlowMethod.EulerMaruyama), (options.Rounds, options.Sampler.Steps, options.LearningRate, options.Sampler.Method));
    }

    [Fact]
    public void Setting_values_leaves_the_original_alone_and_shares_nothing_with_it()
    {
        var before = OptionTable.ToJson(Recipe.Paper.Options).ToJsonString();
        var changed = OptionTable.Set((PaperOptions)Recipe.Paper.Options, [new("rounds", "3"), new("sampler.steps", "4"), new("hidden", "5, 6")]);
        Assert.Equal((3, 4), (changed.Rounds, changed.Sampler.Steps));
        Assert.Equal([5, 6], changed.Hidden);
        Assert.Equal(before, OptionTable.ToJson(Recipe.Paper.Options).ToJsonString());
        Assert.NotSame(Recipe.Paper.Options.SamplerOptions, OptionTable.Set(Recipe.Paper.Options, []).SamplerOptions);
    }

    [Theory]
    [InlineData("rounds", "many", "takes a whole number, not 'many'")]
    [InlineData("rounds", "1.5", "takes a whole number, not '1.5'")]
    [InlineData("rounds", "99999999999", "takes a whole number")]
    [InlineData("rounds", "", "takes a whole number, not ''")]
    [InlineData("rounds", "0", "must be at least 1 and at most 1000000, not 0")]
    [InlineData("learningRate", "0,001", "takes a number, not '0,001'")]
    [InlineData("learningRate", "0", "must be above 0 and at most 1, not 0")]
    [InlineData("learningRate", "NaN", "must be above 0")]
    [InlineData("filter", "-Infinity", "must be above 0, not -Infinity")]
    [InlineData("sampler.gridPower", "10.5", "must be above 0 and at most 10, not 10.5")]
    [InlineData("sampler.method", "rk4", "takes one of euler, heun, euler-maruyama, not 'rk4'")]
    [InlineData("activation", "3", "takes one of silu, gelu, relu, tanh, not '3'")]
    [InlineData("residual", "yes", "takes true or false, not 'yes'")]
    [InlineData("hidden", "5,,6", "takes whole numbers separated by commas, not '5,,6'")]
    [InlineData("hidden", "5,x", "takes whole numbers separated by commas")]
    [InlineData("hidden", "5,0", "must be at least 1")]
    [InlineData("sampler", "3", "'sampler' is not an option")]
    [InlineData("sampler.", "3", "is not an option")]
    [InlineData("", "3", "'' is not an option")]
    [InlineData("roundz", "3", "did you mean \"rounds\"?")]
    [InlineData("steps", "3", "'steps' is not an option")]
    public void A_mistake_names_the_key_the_value_and_what_is_expected(string key, string value, string expected)
    {
        var message = Assert.Throws<LocusException>(() => OptionTable.Set(new PaperOptions(), [new(key, value)])).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains($"'{key}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_the_record_is_told_together_with_values_out_of_range()
    {
        var settings = new Dictionary<string, string> { ["batch"] = "100", ["noiseStart"] = "2" };
        var message = Assert.Throws<LocusException>(() => OptionTable.Set(new PaperOptions(), settings)).Message;
        Assert.Equal(2, message.Split(Environment.NewLine).Length);
        Assert.Contains("'noiseStart'", message, StringComparison.Ordinal);
        Assert.Contains("'batch' must be a multiple of 64, not 100", message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_come_in_one_message_a_line_for_each()
    {
        KeyValuePair<string, string>[] wrong = [new("roundz", "3"), new("rounds", "0"), new("batch", "256"), new("residual", "maybe"), new("sampler.noise", "loud"), new("hidden", "")];
        var lines = Assert.Throws<LocusException>(() => OptionTable.Set(new PaperOptions(), wrong)).Message.Split(Environment.NewLine);
        Assert.Equal(5, lines.Length);
        Assert.All(new[] { "roundz", "rounds", "residual", "sampler.noise", "hidden" }.Zip(lines), pair => Assert.StartsWith($"'{pair.First}'", pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"rounds": null}""", "rounds")]
    [InlineData("""{"rounds": {}}""", "rounds")]
    [InlineData("""{"rounds": {"x": 1}}""", "rounds.x")]
    [InlineData("""{"rounds": [1, 2]}""", "rounds")]
    [InlineData("""{"hidden": []}""", "hidden")]
    [InlineData("""{"hidden": [[1], 2, null]}""", "hidden")]
    [InlineData("""{"sampler": 5}""", "sampler")]
    [InlineData("""{"sampler": {"stepz": 5}}""", "sampler.stepz")]
    [InlineData("""{"nothing": {}}""", "nothing")]
    [InlineData("""{"residual": 1}""", "residual")]
    public void JSON_of_another_kind_is_refused(string json, string key) =>
        Assert.Contains($"'{key}'", Assert.Throws<LocusException>(() => OptionTable.FromJson(new PaperOptions(), JsonNode.Parse(json)!.AsObject())).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_outside_their_range_are_found_however_they_came_there()
    {
        var wrong = Everything with { Rounds = -1, Clip = double.NaN, Hidden = [], Batch = 100, LearningRate = 1e-6, Sampler = new() { Steps = 0 } };
        var findings = wrong.Validate();
        Assert.Equal(6, findings.Count);
        Assert.Contains("'batch' must be a multiple of 64, not 100; the nearest is 128", findings);
        foreach (var key in new[] { "rounds", "clip", "hidden", "sampler.steps", "learningRateEnd" }) Assert.Contains(findings, finding => finding.StartsWith($"'{key}'", StringComparison.Ordinal));
        Assert.Single((Everything with { AlphaVelocity = 0, AlphaConstraint = 0 }).Validate());
        Assert.Empty(new PaperOptions().Validate());
    }

    public static TheoryData<string> Recipes => [.. Recipe.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void What_an_option_needs_names_options_and_values_that_there_are(string recipe)
    {
        var options = Recipe.Find(recipe).Options;
        var rows = OptionTable.Rows(options);
        var needs = rows.Where(row => row.Purpose.Contains(" Only with ", StringComparison.Ordinal)).SelectMany(row => row.Purpose[(row.Purpose.LastIndexOf(" Only with ", StringComparison.Ordinal) + 11)..^1].Split([" or ", " and "], StringSplitOptions.None));
        Assert.NotEmpty(needs);
        foreach (var need in needs)
        {
            var (name, values) = need.Split('=') is [var key, var text] ? (key, text.Split('|')) : (need, ["true"]);
            var row = rows.Single(row => row.Key == name || row.Key == $"sampler.{name}");
            Assert.All(values, value => OptionTable.Set(options, [KeyValuePair.Create(row.Key, value)]));
        }
    }

    [Fact]
    public void Options_that_do_nothing_are_found()
    {
        var options = Recipe.Tb.Options;
        Assert.Equal(
        [
            "'searchSteps' has no effect here: it does something only with localSearch and search=langevin|tempering",
            "'sampler.rateFirst' has no effect here: it does something only with process=variance-preserving",
            "'sampler.varianceRange' has no effect here: it does something only with learnVariance",
        ], OptionTable.Idle(options, ["SearchSteps", "sampler.rateFirst", "sampler.varianceRange", "updates", "nothing"]));
        // No longer once the others say so; and one by one, where only the sampler's are known.
        var changed = OptionTable.Set(options, [new("replay", "true"), new("localSearch", "true"), new("sampler.process", "variance-preserving"), new("learnVariance", "true")]);
        Assert.Empty(OptionTable.Idle(changed, ["searchSteps", "sampler.rateFirst", "sampler.varianceRange"]));
        Assert.Equal(["'searchSteps' has no effect here: it does something only with localSearch and search=langevin|tempering"], OptionTable.Idle(OptionTable.Set(changed, [new("search", "annealing")]), ["searchSteps", "annealMoves"]));
        Assert.Equal(["'rateLast' has no effect here: it does something only with process=variance-preserving"], OptionTable.Idle(options.SamplerOptions, ["rateLast", "varianceRange"]));
    }

    [Fact]
    public void Every_option_says_why_its_default_is_what_it_is()
    {
        var rows = OptionTable.Rows(new PaperOptions());
        Assert.Equal(rows.Count, rows.Select(row => row.Key).Distinct().Count());
        Assert.All(rows, row => Assert.True(row.Purpose.Length > 20 && row.Purpose.EndsWith('.') && row.Default.Length > 0, row.Key));
        Assert.Contains(rows, row => row is { Key: "sampler.method", Type: "euler, heun, euler-maruyama", Default: "euler" });
        Assert.Contains(rows, row => row is { Key: "hidden", Type: "whole numbers", Default: "128,128,128,128" });
    }
}
