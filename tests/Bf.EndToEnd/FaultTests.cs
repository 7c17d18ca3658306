using System.Diagnostics;
using System.Runtime.InteropServices;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Whatever happens to the disk below a lake: a clear error with what to do, exit 1, and nothing lost once the fault is undone.</summary>
public sealed partial class FaultTests(FaultTests.Lake original) : IClassFixture<FaultTests.Lake>
{
    /// <summary>A lake with 12 versions of bars, a checkpoint among them, and results.</summary>
    public sealed class Lake : IDisposable
    {
        public Lake()
        {
            var bars = Market.Random(4, 24);
            foreach (var (i, days) in bars.GroupBy(b => b.Ts).Chunk(2).Index())
            {
                Bf.Write($"{i}.csv", Market.Csv(days.SelectMany(b => b)));
                Bf.Run("data", "import", $"{i}.csv").Done();
            }

            Bf.Run("signals", "generate").Done();
            Bf.Write("next.csv", Market.Csv(Market.Random(4, 26).TakeLast(8)));
            Bf.Write("changed.csv", Market.Csv(bars.Select(b => b with { Volume = b.Volume + 1 })));
            Bf.Write("large.csv", Market.Csv(Market.Random(100, 400)));
        }

        internal BfProgram Bf { get; } = new();

        public void Dispose() => Bf.Dispose();
    }

    private BfProgram Copy(string below = "")
    {
        var copy = new BfProgram();
        TestFiles.Copy(original.Bf.Path, Path.Combine(copy.Path, below));
        return copy;
    }

    [Theory]
    [InlineData("a data file is gone", "data", "gone", "is missing")]
    [InlineData("a data file is cut", "data", "cut", "can't be read")]
    [InlineData("a data file's footer is wrong", "data", "footer", "can't be read")]
    [InlineData("a data file is empty", "data", "empty", "can't be read")]
    [InlineData("the newest entry is cut", "newest", "cut", "is damaged in line")]
    [InlineData("the newest entry is empty", "newest", "empty", "is cut short")]
    [InlineData("the newest entry is garbage", "newest", "garbage", "is damaged in line 1")]
    [InlineData("an entry in the middle is gone", "middle", "gone", "is missing")]
    [InlineData("a checkpoint is cut, and older entries are gone", "checkpoint", "cut", "can't be read")]
    [InlineData("a checkpoint is garbage, and older entries are gone", "checkpoint", "garbage", "can't be read")]
    public void A_damaged_lake_is_not_read_as_if_it_were_whole(string what, string file, string damage, string words)
    {
        using var bf = Copy();
        var before = LakeState.Of(bf);
        var newest = Directory.EnumerateFiles(bf.At("lake", "bars_1d", "_delta_log"), "*.json").Max()!;
        var path = file switch
        {
            "data" => Directory.EnumerateFiles(bf.At("lake", "bars_1d"), "*.parquet").OrderBy(f => new FileInfo(f).LastWriteTimeUtc).Last(),
            "newest" => newest,
            "middle" => newest.Replace("12.json", "11.json", StringComparison.Ordinal),
            _ => WithoutOlderEntries(bf),
        };
        var good = File.ReadAllBytes(path);
        TestFiles.Damage(path, damage);

        foreach (var command in (string[][])[["query", "SELECT sum(volume) FROM bars_1d"], ["signals", "generate", "--force-recalculate"], ["data", "import", "changed.csv"], ["data", "rename", "S01", "X"]])
        {
            var result = bf.Run(command);
            Assert.True(result.Code == 1, $"{what}: bf {command[0]} {command[1]} exits with {result.Code}: {result.Out}{result.Error}");
            Assert.StartsWith("error: ", result.Error);
            Assert.Contains(Path.GetFileName(path), result.Error);
            Assert.Contains(words, result.Error);
            Assert.Contains("bf table check bars_1d", result.Error);
            Assert.Equal("", result.Out);
        }

        var check = bf.Run("table", "check", "--json");
        Assert.Equal((1, false), (check.Code, check.Json.GetProperty("sound").GetBoolean()));

        File.WriteAllBytes(path, good);
        Assert.Equal("", LakeState.Wrong(bf));
        Assert.Empty(LakeState.LyingAbout(bf));
        Assert.Equal(before, LakeState.Of(bf));
    }

    private static string WithoutOlderEntries(BfProgram bf)
    {
        for (var version = 0; version <= 10; version++)
        {
            File.Delete(bf.At("lake", "bars_1d", "_delta_log", $"{version:D20}.json"));
        }

        return bf.At("lake", "bars_1d", "_delta_log", "00000000000000000010.checkpoint.parquet");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbage")]
    [InlineData("empty")]
    public void A_damaged_checkpoint_is_an_error_that_names_it_and_is_repaired_while_the_entries_say_what_it_said(string damage)
    {
        using var bf = Copy();
        var before = LakeState.Of(bf);
        TestFiles.Damage(bf.At("lake", "bars_1d", "_delta_log", "00000000000000000010.checkpoint.parquet"), damage);

        foreach (var command in (string[][])[["data", "list"], ["data", "import", "next.csv"], ["signals", "generate"]])
        {
            var failed = bf.Run(command);
            Assert.Equal(1, failed.Code);
            Assert.Contains("00000000000000000010.checkpoint.parquet can't be read", failed.Error);
            Assert.Contains("bf table check bars_1d", failed.Error);
        }

        Assert.Equal(1, bf.Run("table", "check").Code);
        Assert.Contains("repaired bars_1d", bf.Run("table", "check", "bars_1d", "--repair").Done().Out);
        Assert.Equal("", bf.Run("data", "list").Done().Error);
        Assert.Equal(before, LakeState.Of(bf));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("gone")]
    public void The_hint_to_the_last_checkpoint_is_not_needed(string damage)
    {
        using var bf = Copy();
        var before = LakeState.Of(bf);
        TestFiles.Damage(bf.At("lake", "bars_1d", "_delta_log", "_last_checkpoint"), damage);

        Assert.Equal(before, LakeState.Of(bf));
        bf.Run("data", "import", "next.csv").Done();
    }

    [Theory]
    [InlineData("with blank, 'quote', %20 and ü/日本")]
    [InlineData("[a]*b?")]
    public void A_lake_may_lie_in_a_folder_of_any_name(string folder)
    {
        using var bf = new BfProgram();
        TestFiles.Copy(original.Bf.Path, bf.At(folder));
        var lake = bf.At(folder, "lake");

        bf.Run("data", "import", bf.At(folder, "next.csv"), "--lake", lake).Done();
        Assert.Equal("incremental", bf.Run("signals", "generate", "--lake", lake, "--json").Done().Json.GetProperty("mode").GetString());
        foreach (var command in (string[][])[["table", "optimize"], ["table", "check"], ["table", "vacuum"], ["data", "rename", "S01", "X"], ["table", "restore", "bars_1d", "--to-version", "11"], ["table", "check"], ["table", "history", "bars_1d"]])
        {
            bf.Run([.. command, "--lake", lake]).Done();
        }
    }

    [Theory]
    [InlineData("data", "import", "large.csv")]
    [InlineData("data", "import", "changed.csv")]
    [InlineData("signals", "generate", "--force-recalculate")]
    [InlineData("table", "optimize")]
    public void A_full_disk_is_said_and_the_lake_stays_as_it_was(params string[] command)
    {
        using var bf = new BfProgram();
        using var disk = SmallDisk.Mount(bf.At("disk"));
        TestFiles.Copy(original.Bf.At("lake"), bf.At("disk", "lake"));
        TestFiles.Copy(original.Bf.Path, bf.Path, "*.csv");
        Directory.CreateSymbolicLink(bf.At("lake"), bf.At("disk", "lake"));
        var before = LakeState.Of(bf);

        disk.Fill(leave: command[^1] == "large.csv" ? 200_000 : 4_096);
        var result = bf.Run(command);
        Assert.True(result.Code == 1, $"exit {result.Code}: {result.Out}{result.Error}");
        Assert.Contains("No space left", result.Error);
        Assert.Contains("make room", result.Error);
        disk.Free();

        Assert.Equal("", LakeState.Wrong(bf));
        Assert.Empty(LakeState.LyingAbout(bf));
        foreach (var table in LakeState.Tables.Where(t => command[0] == "data" || t == "bars_1d"))
        {
            Assert.Equal(before[table], LakeState.Of(bf, table));
        }

        bf.Run(command).Done();
        bf.Run("signals", "generate").Done();
        Assert.Equal("", LakeState.Wrong(bf));
    }

    [Fact]
    public void A_limit_on_the_size_of_files_is_a_full_disk()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("limits are set by a shell of Linux");
        }

        using var bf = Copy();
        var before = LakeState.Of(bf);
        // 100 blocks of 1 KB; a signal that is ignored becomes an error of the write
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f 100; exec dotnet '{Path.Combine(AppContext.BaseDirectory, "bf.dll")}' data import large.csv"])
        {
            WorkingDirectory = bf.Path, RedirectStandardError = true, RedirectStandardOutput = true, Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("File too large", error);
        Assert.Equal(before, LakeState.Of(bf));
        Assert.Empty(LakeState.LyingAbout(bf));
        bf.Run("data", "import", "large.csv").Done();
    }

    [Fact]
    public void A_folder_that_can_only_be_read_can_be_read_and_says_that_it_cannot_be_written()
    {
        using var bf = new BfProgram();
        using var disk = SmallDisk.Mount(bf.At("disk"));
        TestFiles.Copy(original.Bf.At("lake"), bf.At("disk", "lake"));
        TestFiles.Copy(original.Bf.Path, bf.Path, "*.csv");
        Directory.CreateSymbolicLink(bf.At("lake"), bf.At("disk", "lake"));
        var before = LakeState.Of(bf);
        disk.MakeReadOnly();

        foreach (var command in (string[][])[["data", "import", "next.csv"], ["signals", "generate", "--force-recalculate"], ["table", "optimize"], ["table", "restore", "bars_1d", "--to-version", "3"], ["data", "delete", "S01", "--yes"]])
        {
            var result = bf.Run(command);
            Assert.True(result.Code == 1, $"{command[0]} {command[1]}: exit {result.Code}: {result.Out}{result.Error}");
            Assert.Contains("Is the folder writable?", result.Error);
        }

        bf.Run("data", "list").Done();
        bf.Run("table", "check").Done();
        Assert.Equal(before, LakeState.Of(bf));
    }

    [Fact]
    public void A_folder_that_is_gone_is_said_to_be()
    {
        using var bf = new BfProgram();
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"mkdir gone && cd gone && rmdir ../gone && exec dotnet '{Path.Combine(AppContext.BaseDirectory, "bf.dll")}' data list"])
        {
            WorkingDirectory = bf.Path, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal((1, "error: the folder you are in is gone; go to another one and run the command there\n"), (process.ExitCode, error));
    }

    [Fact]
    public void What_interrupts_a_command_that_writes_leaves_nothing_behind()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("signals are tested on Linux");
        }

        using var command = Disturbed.Import();
        var random = new Random(1);
        var interrupted = 0;
        for (var i = 0; i < 4; i++)
        {
            using var bf = command.Copy();
            using var process = bf.Start(command.Command);
            process.StandardInput.Close();
            var (seen, at) = (0, random.Next(1, command.Changes / 2));
            using (Disturbed.Watch(bf, () =>
            {
                if (Interlocked.Increment(ref seen) == at)
                {
                    _ = Send(process.Id, 2);
                }
            }))
            {
                process.WaitForExit();
            }

            Assert.True(process.ExitCode is 130 or 0, $"exit {process.ExitCode}");
            interrupted += process.ExitCode == 130 ? 1 : 0;
            Assert.Equal("", LakeState.Wrong(bf));
            Assert.Empty(LakeState.LyingAbout(bf));
            Assert.All(LakeState.Of(bf), t => Assert.True(t.Value == command.Before[t.Key] || t.Value == command.After[t.Key]));
            bf.Run(command.Command).Done();
            Assert.Equal(command.After, LakeState.Of(bf));
        }

        Assert.True(interrupted > 0);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
