using System.Text;
using Bf.Core.Market;
using CsvHelper;

namespace Bf.Sources.Counts;

/// <summary>Reads official counts from CSV with a header line, fields separated by commas, semicolons, tabs or bars.</summary>
public sealed class CsvCounts(IReadOnlyDictionary<CountColumn, string> overrides, Interval interval)
{
    /// <summary>The rows of a file, in order; rows that can't be read name the rule they break.</summary>
    /// <exception cref="FormatException">The header lacks a column, or has two for one.</exception>
    public IEnumerable<CountReading> Read(Stream stream)
    {
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow }, leaveOpen: true);
        csv.ReadHeader();
        var header = csv.Headers.ToArray();
        if (header.Length == 0)
        {
            throw new FormatException("the file is empty");
        }

        var map = CountMap.Of(header, overrides);
        while (csv.Read())
        {
            var raw = Encoding.UTF8.GetString(csv.RawRecord);
            var broken = BarRules.FieldCount;
            var count = csv.FieldCount == header.Length ? Parse(csv, map, raw.Contains(';', StringComparison.Ordinal), out broken) : null;
            yield return new(count, csv.LineNumber, broken, raw);
        }
    }

    private MarketCount? Parse(CsvReader csv, CountMap map, bool semicolons, out string? broken)
    {
        var numbers = new long?[Enum.GetValues<CountColumn>().Length];
        broken = new TimeParser(interval).TryParse(csv.GetSpan(map[CountColumn.Ts]), default, out var ts) ? null : BarRules.UnreadableDate;
        foreach (var column in Enum.GetValues<CountColumn>().Where(c => c != CountColumn.Ts && map.Has(c)))
        {
            var fractions = column is CountColumn.UpVol or CountColumn.DownVol;
            if (!CountNumber.TryRead(Encoding.UTF8.GetString(csv.GetSpan(map[column])), semicolons, fractions, out numbers[(int)column]))
            {
                broken ??= BarRules.UnreadableNumber;
            }
        }

        if (broken is null && (numbers[(int)CountColumn.Adv] is null || numbers[(int)CountColumn.Dec] is null))
        {
            broken = BarRules.UnreadableNumber;
        }

        return broken is not null ? null : new(
            ts, numbers[(int)CountColumn.Adv]!.Value, numbers[(int)CountColumn.Dec]!.Value, numbers[(int)CountColumn.Unch],
            numbers[(int)CountColumn.UpVol], numbers[(int)CountColumn.DownVol], numbers[(int)CountColumn.Highs], numbers[(int)CountColumn.Lows]);
    }
}
