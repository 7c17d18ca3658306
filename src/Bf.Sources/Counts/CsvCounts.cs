using System.Text;
using Bf.Core.Market;
using Bf.Sources.Csv;
using CsvHelper;

namespace Bf.Sources.Counts;

/// <summary>Reads official counts from a text table with a header line; fields, dates and numbers as people write them.</summary>
/// <param name="overrides">Columns by other names: what <see cref="CountMap.ParseOverrides"/> read.</param>
/// <param name="interval">What a row counts.</param>
/// <param name="dates">The order of dates such as 01/02/2024; learned from the table when unknown.</param>
public sealed class CsvCounts(IReadOnlyDictionary<CountColumn, string> overrides, Interval interval, DateOrder dates = DateOrder.Unknown)
{
    private const int MostPreamble = 10;

    /// <summary>The rows of a table, in order; rows that can't be read name the rule they break.</summary>
    /// <param name="open">Opens its content; called twice.</param>
    /// <exception cref="FormatException">The header lacks a column or has two for one, or dates can be read in two ways.</exception>
    public IEnumerable<CountReading> Read(Func<Stream> open)
    {
        var (map, headerRow, fields, named, order) = Recognise(open);
        var times = new TimeParser(interval, order);
        using var stream = open();
        using var csv = CsvReader.Create(stream, CsvSniffer.Options(), leaveOpen: true);
        for (var row = 0; csv.Read(); row++)
        {
            if (row > headerRow && !CsvRecord.IsBlank(csv))
            {
                var broken = BarRules.FieldCount;
                var count = CsvRecord.IsWhole(csv, fields, named) ? Parse(csv, map, times, out broken) : null;
                yield return new(count, csv.LineNumber, broken, Encoding.UTF8.GetString(csv.RawRecord));
            }
        }
    }

    // a title may stand above the header; one date may tell the order of all
    private (CountMap Map, int HeaderRow, int Fields, int Named, DateOrder Order) Recognise(Func<Stream> open)
    {
        var evidence = new DateEvidence();
        (CountMap Map, int HeaderRow, int Fields, int Named)? header = null;
        (FormatException Error, int Fields)? unknown = null;
        using var stream = open();
        using var csv = CsvReader.Create(stream, CsvSniffer.Options(), leaveOpen: true);
        for (var row = 0; csv.Read() && (header is not null || row < MostPreamble); row++)
        {
            if (header is { } known)
            {
                evidence.Add(known.Map[CountColumn.Ts] < csv.FieldCount ? csv.GetSpan(known.Map[CountColumn.Ts]) : default);
                continue;
            }

            string[] names = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            if (names.Any(n => n.AsSpan().ContainsAny('\0', '\uFFFD')))
            {
                throw new FormatException("this is no text table; save it as CSV");
            }

            try
            {
                header = (CountMap.Of(names, overrides), row, csv.FieldCount, csv.FieldCount - CsvRecord.EmptyAtEnd(csv));
            }
            catch (FormatException e)
            {
                unknown = unknown?.Fields >= csv.FieldCount ? unknown : (e, csv.FieldCount);
            }
        }

        return header is { } found
            ? (found.Map, found.HeaderRow, found.Fields, found.Named, dates != DateOrder.Unknown ? dates : evidence.Decide())
            : throw unknown?.Error ?? new FormatException("the file is empty");
    }

    private static MarketCount? Parse(CsvReader csv, CountMap map, TimeParser times, out string? broken)
    {
        var numbers = new long?[Enum.GetValues<CountColumn>().Length];
        broken = times.TryParse(csv.GetSpan(map[CountColumn.Ts]), default, out var ts) ? null : BarRules.UnreadableDate;
        foreach (var column in Enum.GetValues<CountColumn>().Where(c => c != CountColumn.Ts && map.Has(c)))
        {
            var fractions = column is CountColumn.UpVol or CountColumn.DownVol;
            if (!CountNumber.TryRead(csv.GetSpan(map[column]), csv.Separator == ';', fractions, out numbers[(int)column]))
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
