using System.Text;
using Bf.Core.Market;
using Bf.Sources.Csv;
using Bf.Sources.Files;

namespace Bf.Sources.Tests;

/// <summary>CSV given as text.</summary>
internal static class CsvText
{
    public const string Header = "date,symbol,open,high,low,close,adj_close,volume";

    public static List<BarReading> Read(string text, string? map = null, string file = "prices.csv", Interval? interval = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. new CsvBars(new(interval ?? Interval.Day, ColumnMap.ParseOverrides(map))).Read(() => new MemoryStream(bytes), DataFile.Stem(file))];
    }

    /// <summary>The reading of one row below the usual header.</summary>
    public static BarReading Row(string row) => Assert.Single(Read($"{Header}\n{row}\n"));

    public static long Day(int year, int month, int day) => Timestamp.Of(new DateOnly(year, month, day));
}
