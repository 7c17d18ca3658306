using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake;

/// <summary>Makes many small files into one. The rows stay the same, so readers of increments pass over such a commit.</summary>
internal static class Compaction
{
    /// <summary>Makes all files of a small table into one when there are more than <paramref name="most"/>.</summary>
    public static void Tidy(DeltaTable table, DuckConnection connection, int most) =>
        Merge(table, files => files.Count > most ? [files] : [], (snapshot, files) => table.WriteFile(connection, $"SELECT * FROM {table.Whole(snapshot, files)}"));

    /// <summary>
    /// Makes the small files of each calendar year of bars into one, when a year has more than <paramref name="most"/>.
    /// A file is small while it has less than a quarter of the rows of the year's largest.
    /// </summary>
    public static void TidyYears(DeltaTable bars, DuckConnection connection, int most) =>
        Merge(
            bars,
            files => [.. files.GroupBy(BarLayout.YearOf).Where(y => y.Key is not null && y.Count() > most).Select(y => Small([.. y], most)).Where(s => s.Count > 1)],
            (snapshot, files) => BarLayout.Write(bars, connection, $"SELECT * FROM {bars.Whole(snapshot, files)}", BarLayout.Prefix(BarLayout.YearOf(files[0])!.Value)));

    private static List<AddFile> Small(List<AddFile> year, int most)
    {
        var rows = year.ToDictionary(f => f.Path, f => FileStatistics.Of(f).Rows ?? long.MaxValue, StringComparer.Ordinal);
        var small = year.Where(f => rows[f.Path] < rows.Values.Max() / 4).ToList();
        return year.Count - small.Count > most ? year : small;
    }

    private static void Merge(DeltaTable table, Func<List<AddFile>, List<List<AddFile>>> choose, Func<Snapshot, List<AddFile>, AddFile?> write)
    {
        if (choose([.. table.Seen().Files]).Count == 0)
        {
            return;
        }

        var tried = false;
        table.Update(snapshot =>
        {
            // of many that come upon the same small files one merges them: whoever lost leaves it at that
            var groups = tried ? [] : choose([.. snapshot.Files]);
            tried = true;
            if (groups.Count == 0)
            {
                return null;
            }

            var change = new Change("OPTIMIZE") { ChangesData = false, Holds = _ => true };
            foreach (var group in groups)
            {
                table.CheckUnharmed(group);
                change.Remove.AddRange(group);
                change.Add.Add(write(snapshot, group)!);
            }

            return change;
        });
    }
}
