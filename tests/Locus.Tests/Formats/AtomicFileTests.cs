using Locus.Formats;

namespace Locus.Tests.Formats;

public class AtomicFileTests
{
    [Fact]
    public void A_file_is_created_and_replaced_and_nothing_else_stays()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["a.txt"], "first");
        AtomicFile.Write(folder["a.txt"], "second: ä");
        Assert.Equal("second: ä"u8.ToArray(), File.ReadAllBytes(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Trying_a_place_changes_nothing_and_finds_what_writing_would()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["a.txt"], "old");
        AtomicFile.Try(folder["a.txt"]);
        AtomicFile.Try(folder["b.txt"]);
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
        foreach (var place in new[] { "missing/c.txt", "a.txt/c.txt", "" })
        {
            var tried = Assert.Throws<FileAccessException>(() => AtomicFile.Try(folder[place]));
            var written = Assert.Throws<FileAccessException>(() => AtomicFile.Write(folder[place], "new"));
            Assert.Equal(written.Message, tried.Message);
        }
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void The_old_file_stays_until_the_new_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["a.txt"], "old");
        AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("ne"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
            stream.Write("w"u8);
        });
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_the_old_file_and_no_temporary()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["a.txt"], "old");
        var error = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write(new byte[1_000_000]);
            throw new InvalidOperationException("stop");
        }));
        Assert.Equal("stop", error.Message);
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void A_disk_that_fills_up_is_named_with_the_file_and_leaves_the_old_one()
    {
        const int NoSpaceLeft = 28;
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["a.txt"], "old");
        var error = Assert.Throws<FileAccessException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device", NoSpaceLeft);
        }));
        Assert.StartsWith(folder["a.txt"] + ": the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(folder["a.txt"], error.File);
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void The_system_s_own_full_disk_is_recognised_and_stays_a_device()
    {
        // Linux has such a device; elsewhere the thrown error of the test above has to do.
        if (!OperatingSystem.IsLinux()) return;
        foreach (var size in (int[])[1, 1_000_000])
        {
            var error = Assert.Throws<FileAccessException>(() => AtomicFile.Write("/dev/full", new byte[size]));
            Assert.Equal("/dev/full: the disk is full; free some space or choose another place", error.Message);
        }
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["link"], "/dev/full");
        Assert.Throws<FileAccessException>(() => AtomicFile.Write(folder["link"], "x"));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
        Assert.Equal(["link"], folder.Names);
    }

    [Fact]
    public void Each_obstacle_has_its_own_way_out()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["sub"]);
        Assert.Contains("create it or name another", Assert.Throws<FileAccessException>(() => AtomicFile.Write(folder["none/a.txt"], "x")).Message, StringComparison.Ordinal);
        Assert.Contains("this is a folder", Assert.Throws<FileAccessException>(() => AtomicFile.Write(folder["sub"], "x")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<FileAccessException>(() => SafetensorsReader.Read(folder["none"])).Message, StringComparison.Ordinal);
        Assert.Contains("this is a folder", Assert.Throws<FileAccessException>(() => NpyReader.Read(folder["sub"])).Message, StringComparison.Ordinal);
        Assert.Contains("choose a shorter one", Assert.Throws<FileAccessException>(() => AtomicFile.Write(folder[new string('n', 300)], "x")).Message, StringComparison.Ordinal);
        // A test that runs as root may write anywhere; the wording is checked by itself.
        Assert.Contains("rights", FileAccessException.Of(folder["a.txt"], new UnauthorizedAccessException()).Message, StringComparison.Ordinal);
        Assert.Equal(["sub"], folder.Names);
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_and_what_a_living_one_holds_is_not()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".a.txt.0123abcd.tmp"], "half");
        File.WriteAllText(folder[".ab.txt.0123abcd.tmp"], "of another file");
        File.WriteAllText(folder["a.txt.0123abcd.tmp"], "of the user");
        AtomicFile.Write(folder["a.txt"], _ =>
        {
            AtomicFile.Write(folder["a.txt"], "inner");
            Assert.Equal(4, folder.Names.Length);
        });
        Assert.Equal([".ab.txt.0123abcd.tmp", "a.txt", "a.txt.0123abcd.tmp"], folder.Names);
    }

    [Fact]
    public void A_link_is_followed()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["a.txt"], "old");
        File.CreateSymbolicLink(folder["link"], folder["a.txt"]);
        AtomicFile.Write(folder["link"], "new");
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
    }
}
