using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A command that writes, and the lake that it is run on: each disturbed run gets a copy.</summary>
internal sealed class Disturbed : IDisposable
{
    private readonly BfProgram _before = new();

    private Disturbed(string name, string[] command, Action<BfProgram> prepare)
    {
        (Name, Command) = (name, command);
        prepare(_before);
        Before = LakeState.Of(_before);
        using var undisturbed = Copy();
        using var watch = Watch(undisturbed, () => Changes++);
        var start = TimeProvider.System.GetTimestamp();
        undisturbed.Run(command).Done();
        Duration = TimeProvider.System.GetElapsedTime(start);
        After = LakeState.Of(undisturbed);
        Assert.True(Changes > 0);
    }

    public string Name { get; }

    public string[] Command { get; }

    /// <summary>What the tables hold before and after.</summary>
    public Dictionary<string, string> Before { get; }

    public Dictionary<string, string> After { get; }

    /// <summary>How long an undisturbed run takes, and how often the lake's folder changes in it.</summary>
    public TimeSpan Duration { get; }

    public int Changes { get; private set; }

    /// <summary>An import that adds, changes and quarantines rows, and writes a checkpoint.</summary>
    public static Disturbed Import() => new("import", ["data", "import", "new.csv"], bf =>
    {
        var bars = Market.Random(6, 40);
        foreach (var (i, part) in bars.Take(6 * 18).GroupBy(b => b.Ts).Chunk(2).Index())
        {
            bf.Write($"{i}.csv", Market.Csv(part.SelectMany(b => b)));
            bf.Run("data", "import", $"{i}.csv").Done();
        }

        Assert.EndsWith("09.json", Directory.EnumerateFiles(bf.At("lake", "bars_1d", "_delta_log"), "*.json").Max());
        bf.Write("new.csv", Market.Csv(bars.Skip(6 * 16).Select(b => b with { Volume = b.Volume + 1 })) + "2023-01-02,BAD\n");
    });

    /// <summary>A fetch that goes on from an earlier one: the bars, then what was asked for.</summary>
    public static Disturbed Fetch() => new("fetch", ["data", "fetch", "--source", "synthetic", "--count", "20", "--years", "2"], bf =>
        bf.Run("data", "fetch", "--source", "synthetic", "--count", "20", "--years", "2", "--end-date", "2024-06-28").Done());

    /// <summary>A first run for all symbols.</summary>
    public static Disturbed Generate() => new("generate", ["signals", "generate"], bf =>
    {
        bf.Write("a.csv", Market.Csv(Market.Random(6, 290)));
        bf.Run("data", "import", "a.csv").Done();
    });

    /// <summary>A run that goes on from the last one.</summary>
    public static Disturbed Increment() => new("increment", ["signals", "generate"], bf =>
    {
        var bars = Market.Random(6, 290);
        foreach (var (name, part) in new[] { ("a.csv", bars.SkipLast(12)), ("b.csv", bars.TakeLast(12)) })
        {
            if (name == "b.csv")
            {
                bf.Run("signals", "generate").Done();
            }

            bf.Write(name, Market.Csv(part));
            bf.Run("data", "import", name).Done();
        }
    });

    /// <summary>A symbol that gets another name: every file is written anew.</summary>
    public static Disturbed Rename() => new("rename", ["data", "rename", "S03", "META"], bf =>
    {
        bf.Write("a.csv", Market.Csv(Market.Random(6, 290)));
        bf.Run("data", "import", "a.csv").Done();
    });

    /// <summary>Tables whose small files become one; the next run then goes on as if nothing had been done.</summary>
    public static Disturbed Optimize() => new("optimize", ["table", "optimize"], bf =>
    {
        var bars = Market.Random(6, 40);
        foreach (var (i, part) in bars.GroupBy(b => b.Ts).Chunk(8).Index())
        {
            bf.Write($"{i}.csv", Market.Csv(part.SelectMany(b => b)));
            bf.Run("data", "import", $"{i}.csv").Done();
            bf.Run("signals", "generate").Done();
        }
    });

    /// <summary>A copy of the lake and the files beside it.</summary>
    public BfProgram Copy()
    {
        var copy = new BfProgram();
        TestFiles.Copy(_before.Path, copy.Path);
        return copy;
    }

    /// <summary>Calls for each change below the lake's folder.</summary>
    public static FileSystemWatcher Watch(BfProgram bf, Action changed)
    {
        var watcher = new FileSystemWatcher(bf.At("lake")) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite };
        watcher.Created += (_, _) => changed();
        watcher.Changed += (_, _) => changed();
        watcher.Deleted += (_, _) => changed();
        watcher.Renamed += (_, _) => changed();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    public void Dispose() => _before.Dispose();
}
