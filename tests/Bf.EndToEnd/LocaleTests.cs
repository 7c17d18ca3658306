namespace Bf.EndToEnd;

/// <summary>A user's locale and zone change nothing: DuckDB's calendar would follow them.</summary>
public sealed class LocaleTests
{
    private const string Bars = "date,symbol,open,high,low,close,volume\n2023-12-29,A,1,1,1,1,1\n2024-01-02,A,2,2,2,2,1\n";

    [Theory]
    [InlineData("th_TH.UTF-8", "UTC")]
    [InlineData("fa_IR", "UTC")]
    [InlineData("tr_TR.UTF-8", "Asia/Tokyo")]
    [InlineData("de_DE.UTF-8", "America/New_York")]
    public void Bars_are_kept_and_changed_by_the_same_calendar_everywhere(string locale, string zone)
    {
        using var bf = new BfProgram();
        (string, string)[] there = [("LC_ALL", locale), ("LANG", locale), ("TZ", zone)];
        bf.Write("a.csv", Bars);
        bf.Write("b.csv", Bars.Replace(",2,2,2,2,", ",3,3,3,3,", StringComparison.Ordinal));
        bf.Run(["data", "import", "a.csv"], null, there).Done();
        bf.Run(["data", "import", "b.csv"], null, there).Done();

        var rows = bf.Run(["query", "SELECT ts, close FROM bars_1d WHERE ts >= '2024-01-01' ORDER BY ts", "--format", "csv"], null, there).Done();
        Assert.Equal(["ts,close", "2024-01-02T00:00:00Z,3"], rows.Lines);
        Assert.Equal("2", bf.Run("query", "SELECT count(*) FROM bars_1d", "--format", "csv").Done().Lines[1]);
    }
}
