using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra;

public sealed class EnvFileTests
{
    [Fact]
    public void The_block_is_replaced_and_every_other_line_stays()
    {
        using var folder = new TempFolder();
        var file = folder.Write(".env", "# mine\nBF_LAKE=./other\n\nexport KAFKA_HEAP=1g");

        var first = EnvFile.Write(file, [("BF_LAKE", "s3://a/b"), ("MINIO_ENDPOINT", "localhost:1")]);
        File.AppendAllText(file, "LAST=1\n");
        EnvFile.Write(file, [("BF_LAKE", "s3://c/d")]);

        var lines = File.ReadAllLines(file);
        Assert.Equal((true, "BF_LAKE"), (first.Changed, string.Join(',', first.Overruled)));
        Assert.Equal(["# mine", "BF_LAKE=./other", "", "export KAFKA_HEAP=1g", "LAST=1"], lines[..5]);
        Assert.Equal("BF_LAKE=s3://c/d", Assert.Single(lines[5..], l => !l.StartsWith('#')));
    }

    [Fact]
    public void The_same_block_again_changes_nothing()
    {
        using var folder = new TempFolder();
        var file = folder.At(".env");

        Assert.True(EnvFile.Write(file, [("A", "1")]).Changed);
        Assert.False(EnvFile.Write(file, [("A", "1")]).Changed);
        Assert.Equal([".env"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("plain+/=%")]
    [InlineData("it's $HOME \"x\" #1")]
    [InlineData(" spaces ")]
    [InlineData("'quoted'")]
    [InlineData("a #b")]
    public void An_odd_value_is_read_as_it_was_written(string value)
    {
        using var folder = new TempFolder();

        EnvFile.Write(folder.At(".env"), [("MINIO_SECRET_KEY", value)]);

        Assert.Equal(value, new Bf.Jobs.Config.Settings(new Dictionary<string, string>(), _ => null, folder.Path).Of("MINIO_SECRET_KEY").Value);
    }

    [Fact]
    public void A_block_is_known_also_where_an_editor_changed_the_ends_of_its_lines()
    {
        using var folder = new TempFolder();
        var file = folder.At(".env");
        EnvFile.Write(file, [("A", "1")]);
        File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"));

        EnvFile.Write(file, [("A", "2")]);

        Assert.Equal("A=2", Assert.Single(File.ReadAllLines(file), l => !l.StartsWith('#')));
    }

    [Fact]
    public void Keys_are_for_the_owners_eyes()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are tested on Unix");
            return;
        }

        using var folder = new TempFolder();
        var file = folder.Write(".env", "A=1\n");

        EnvFile.Write(file, [("MINIO_SECRET_KEY", "x")]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_block_whose_end_is_gone_takes_no_line_of_others_with_it()
    {
        using var folder = new TempFolder();
        var file = folder.At(".env");
        EnvFile.Write(file, [("A", "1")]);
        File.WriteAllLines(file, [.. File.ReadAllLines(file)[..^1], "MINE=2"]);

        EnvFile.Write(file, [("A", "3")]);

        Assert.Contains("MINE=2", File.ReadAllLines(file));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        using var folder = new TempFolder();
        var real = folder.Write("real.env", "A=1\n");
        File.CreateSymbolicLink(folder.At(".env"), real);

        EnvFile.Write(folder.At(".env"), [("B", "2")]);

        Assert.Contains("B=2", File.ReadAllLines(real));
        Assert.NotNull(new FileInfo(folder.At(".env")).LinkTarget);
    }
}
