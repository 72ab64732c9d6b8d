namespace Locus.Cli.Tests;

/// <summary>What a call of the command line gave back.</summary>
internal sealed record Answer(int Code, string Output, string Error)
{
    /// <summary>What a person sees, for messages of failed tests.</summary>
    public override string ToString() => $"exit {Code}\n--- output\n{Output}\n--- error\n{Error}";

    /// <summary>The call was done and said nothing that looks like a fault.</summary>
    public Answer Done()
    {
        Assert.True(Code == ExitCode.Done, ToString());
        return NoTrace();
    }

    /// <summary>The call was refused: the exit code, nothing on the output, and a message with all of <paramref name="parts"/>.</summary>
    public Answer Refused(int code, params string[] parts)
    {
        Assert.True(Code == code, ToString());
        Assert.True(Output.Length == 0, ToString());
        Assert.All(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(line.StartsWith("locus: ", StringComparison.Ordinal), ToString()));
        foreach (var part in parts) Assert.True(Error.Contains(part, StringComparison.Ordinal), $"'{part}' is missing in: {this}");
        return NoTrace();
    }

    private Answer NoTrace()
    {
        foreach (var sign in new[] { "Unhandled", "   at ", "Exception" }) Assert.True(!(Output + Error).Contains(sign, StringComparison.Ordinal), ToString());
        return this;
    }
}
