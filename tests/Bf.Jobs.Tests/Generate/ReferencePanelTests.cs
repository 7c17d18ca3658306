using System.Globalization;

namespace Bf.Jobs.Tests.Generate;

/// <summary>Panel and events of real bars against those that were computed outside this project.</summary>
public sealed class ReferencePanelTests
{
    [Fact]
    public void The_sample_gives_the_reference_panel_and_its_events() =>
        Check(Repository.Sample, Embedded("breadth_daily.csv"), Embedded("events.csv"));

    [Fact]
    public void The_larger_set_gives_its_reference_panel_and_its_events()
    {
        if (Repository.Shared("data", "us-equities-200.parquet") is not { } bars || Repository.Shared("reference", "us-equities-200") is not { } reference)
        {
            Assert.Skip("../shared/data is not here");
            return;
        }

        Check(bars, File.ReadAllLines(Path.Combine(reference, "breadth_daily.csv")), File.ReadAllLines(Path.Combine(reference, "events.csv")));
    }

    private static void Check(string bars, string[] panel, string[] events)
    {
        using var lake = new TestLake();
        lake.Import(bars);
        lake.Generate();

        var columns = panel[0].Split(',');
        var rows = lake.Query($"SELECT strftime(ts, '%Y-%m-%d'), {string.Join(", ", columns.Skip(1))} FROM breadth ORDER BY ts");
        Assert.Equal(panel.Length - 1, rows.Count);
        var wrong = new List<string>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (ours, theirs) = (rows[i].Split('|'), panel[i + 1].Split(','));
            wrong.AddRange(columns.Where((c, at) => !Same(c, ours[at], theirs[at])).Select(c => $"{theirs[0]} {c}: {ours[Array.IndexOf(columns, c)]}, not {theirs[Array.IndexOf(columns, c)]}"));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ: {string.Join("; ", wrong.Take(5))}");
        Assert.Equal(events.Skip(1).Order(StringComparer.Ordinal), lake.Query($"SELECT detector || ',' || strftime(ts, '%Y-%m-%d') FROM thrusts WHERE detector IN ({string.Join(", ", events.Skip(1).Select(e => $"'{e.Split(',')[0]}'").Distinct())})").Order(StringComparer.Ordinal));
    }

    private static bool Same(string column, string ours, string theirs)
    {
        if (theirs.Length == 0)
        {
            return ours == "?"; // undefined is NULL, never a number
        }

        if (column.Contains("ratio", StringComparison.Ordinal) || column.StartsWith("pct_", StringComparison.Ordinal) || column.StartsWith("mcc_", StringComparison.Ordinal)
            || column.StartsWith("zweig_", StringComparison.Ordinal) || column is "rana" or "nhnl_sma10")
        {
            var (a, b) = (double.Parse(ours == "?" ? "NaN" : ours, CultureInfo.InvariantCulture), double.Parse(theirs, CultureInfo.InvariantCulture));
            return Math.Abs(a - b) <= 1e-12 * Math.Max(Math.Abs(b), 1e-3);
        }

        return ours == theirs; // dates and integers exactly
    }

    private static string[] Embedded(string name)
    {
        using var reader = new StreamReader(typeof(ReferencePanelTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
