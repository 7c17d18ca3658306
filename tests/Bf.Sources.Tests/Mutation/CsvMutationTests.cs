using System.Text;
using Bf.Core.Market;
using Bf.Sources.Csv;
using CsvHelper;

namespace Bf.Sources.Tests.Mutation;

public sealed class CsvMutationTests
{
    private static readonly byte[][] Samples =
    [
        .. DialectTests.Dialects.Select(d => Encoding.UTF8.GetBytes(d.Data.Item3)),
        "date,symbol,open,high,low,close,adj_close,volume\n2024-01-02,BRK.B,1e2,101,99.5,100,100,3e6\n2024-01-03,BRK.B,null,null,null,null,null,null\n"u8.ToArray(),
        "\"date\",\"symbol\",\"open\",\"high\",\"low\",\"close\",\"volume\"\n\"2024-01-02 09:30\",\"A \"\"x\"\", B\",\"1\",\"2\",\"0.5\",\"1.5\",\"1,000\"\n"u8.ToArray(),
    ];

    [Fact]
    public void Mutated_csv_is_read_or_refused_and_every_row_is_good_or_broken() =>
        MutationCases.Run(0.6, Read, e => e is FormatException or CsvFormatException);

    private static void Read(Random random)
    {
        var mutator = new Mutator(random);
        var text = mutator.Mutate(Samples[random.Next(Samples.Length)], Samples[random.Next(Samples.Length)]);
        var csv = new CsvBars(new CsvSettings(random.Next(4) == 0 ? Interval.Parse("5m") : Interval.Day));
        var dialect = csv.Recognise(() => new MemoryStream(text), "AAA");
        var rows = 0;
        foreach (var row in csv.Read(() => new MemoryStream(text), dialect))
        {
            rows++;
            Check(row);
        }

        // a quoted field may hold line ends, and Excel's hint at the separator is no row
        var plain = Encoding.Latin1.GetString(text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsSpan(Encoding.UTF8.Preamble.Length) : text);
        if (!plain.Contains('"') && !plain.Contains("sep=", StringComparison.OrdinalIgnoreCase))
        {
            Assert.True(Lines(plain).Skip(dialect.HeaderRows).Count(l => l.Trim(dialect.Separator).Length > 0) * dialect.Parts.Count == rows, $"{rows} rows, {dialect}: {plain}");
        }
    }

    private static void Check(BarReading row)
    {
        if (row.Broken is null)
        {
            Assert.NotEmpty(row.Bar.Symbol);
            Assert.True(row.IsGap || BarRules.Broken(row.Bar, long.MaxValue) is null or { Length: > 0 });
        }
        else
        {
            Assert.Contains(row.Broken, BarRules.All);
            Assert.NotNull(row.Raw);
        }
    }

    /// <summary>Lines that are not empty, told apart without the reader's help.</summary>
    private static string[] Lines(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries);
}
