using System.Globalization;
using System.Text.Json;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Tests.Lake;

/// <summary>Checkpoints that Spark wrote, and what may happen to them: a checkpoint is a shortcut, and never the reason for another answer.</summary>
public sealed class CheckpointTests
{
    // table, the version of its newest checkpoint
    public static TheoryData<string, int> Tables => new()
    {
        { "checkpoint_classic", 4 }, { "checkpoint_structs", 2 }, { "checkpoint_parts", 5 }, { "checkpoint_v2_json", 4 }, { "checkpoint_v2_parquet", 4 }, { "renamed", 10 }, { "widened", 10 },
    };

    [Theory, MemberData(nameof(Tables))]
    public void The_checkpoint_alone_carries_the_table_when_older_entries_are_gone(string name, int version)
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy(name, folder);
        var rows = Rows(table);
        RemoveEntries(table, version);

        Assert.Equal(rows, Rows(table));
    }

    [Fact]
    public void A_version_that_was_cleaned_up_is_an_error_that_names_the_oldest()
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy("checkpoint_parts", folder);
        RemoveEntries(table, 5);

        Assert.Contains("the log entry 00000000000000000000.json is missing, and no checkpoint covers it. The log begins with version 5: older ones were cleaned up; ask for a later one", Assert.Throws<DeltaException>(() => Open(table, 4)).Message);
    }

    [Theory, MemberData(nameof(Tables))]
    public void A_checkpoint_that_is_cut_short_is_an_error_that_names_it_and_without_it_the_log_serves(string name, int version)
    {
        using var folder = new TempFolder();
        foreach (var file in Files(Path.Combine(SparkFolder.Root, name), version))
        {
            foreach (var share in (double[])[0, 0.3, 0.9])
            {
                var table = SparkFolder.Copy(name, folder);
                var rows = Rows(table);
                Cut(Path.Combine(table, file), share);
                Assert.Contains(".checkpoint.", Assert.Throws<DeltaException>(() => Open(table)).Message);

                foreach (var checkpoint in Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.checkpoint*"))
                {
                    File.Delete(checkpoint);
                }

                Assert.Equal(rows, Rows(table));
                Directory.Delete(table, recursive: true);
            }
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void A_checkpoint_that_is_gone_is_an_error_when_nothing_else_has_its_state(string name, int version)
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy(name, folder);
        RemoveEntries(table, version);
        foreach (var checkpoint in Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.checkpoint*").Where(f => VersionOf(f) <= version))
        {
            File.Delete(checkpoint);
        }

        Assert.Contains("the log entry 00000000000000000000.json is missing, and no checkpoint covers it", Assert.Throws<DeltaException>(() => Open(table)).Message);
    }

    [Theory, MemberData(nameof(Tables))]
    public void The_hint_to_the_last_checkpoint_may_be_missing_old_or_wrong(string name, int version)
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy(name, folder);
        var (rows, hint) = (Rows(table), Path.Combine(table, "_delta_log", "_last_checkpoint"));
        foreach (var text in (string?[])[null, "", "{", "not json", """{"version":0,"size":1}""", """{"version":99999,"size":1}""", $$"""{"version":{{version}},"size":1,"parts":7}"""])
        {
            File.Delete(hint);
            if (text is not null)
            {
                File.WriteAllText(hint, text);
            }

            Assert.Equal(rows, Rows(table));
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void An_entry_that_is_missing_behind_the_checkpoint_is_an_error_that_names_it(string name, int version)
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy(name, folder);
        var entries = Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json").Where(f => Path.GetFileName(f).Length == 25).Select(VersionOf).ToList();
        Assert.True(entries.Max() > version, "the table goes on after its checkpoint");
        if (entries.Max() == version + 1)
        {
            File.Copy(Entry(table, version + 1), Entry(table, version + 2));
        }

        File.Delete(Entry(table, version + 1));
        Assert.Contains($"the log entry {Path.GetFileName(Entry(table, version + 1))} is missing, and no checkpoint covers it; see what is wrong", Assert.Throws<DeltaException>(() => Open(table)).Message);
    }

    [Fact]
    public void Compacted_entries_are_passed_over()
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy("evolved", folder);
        var rows = Rows(table);
        File.WriteAllText(Path.Combine(table, "_delta_log", "00000000000000000000.00000000000000000009.compacted.json"), "{}");

        Assert.Equal(rows, Rows(table));
    }

    [Fact]
    public void Statistics_in_columns_are_known_too()
    {
        var files = ForeignTable.Open(Path.Combine(SparkFolder.Root, "checkpoint_structs"), new FakeClock(), version: 2).Snapshot.Files;

        Assert.Equal([1, 1, 1], files.Select(f => FileStatistics.Of(f).Rows));
        Assert.Contains(new DateTimeOffset(2024, 1, 2, 14, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000, files.Select(f => FileStatistics.Of(f).MinTime("ts") ?? 0));
    }

    private static ForeignTable Open(string table, long? version = null) => ForeignTable.Open(table, new FakeClock(), version);

    private static List<string> Rows(string table)
    {
        var sink = new TextSink();
        Jobs.Query.QueryJob.Run(() => throw new InvalidOperationException("no lake is needed"), $"SELECT * FROM delta('{table}')", sink);
        Assert.NotEmpty(sink.Rows);
        return [.. sink.Rows.Order(StringComparer.Ordinal)];
    }

    /// <summary>The files of a checkpoint, below the table.</summary>
    private static IEnumerable<string> Files(string table, int version) =>
        Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), $"{version.ToString("D20", CultureInfo.InvariantCulture)}.checkpoint*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(table, f)).Order(StringComparer.Ordinal);

    private static void Cut(string file, double share)
    {
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(int)(bytes.Length * share)]);
    }

    private static void RemoveEntries(string table, int before)
    {
        for (var v = 0; v < before; v++)
        {
            File.Delete(Entry(table, v));
        }
    }

    private static string Entry(string table, int version) => Path.Combine(table, "_delta_log", $"{version.ToString("D20", CultureInfo.InvariantCulture)}.json");

    private static int VersionOf(string file) => int.Parse(Path.GetFileName(file).AsSpan(0, 20), CultureInfo.InvariantCulture);
}
