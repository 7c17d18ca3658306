using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>Recognises how a text table is written, from its header and content.</summary>
internal sealed class CsvSniffer(CsvSettings settings)
{
    private const int Sampled = 500;
    private const double LeanUnit = 10_000;

    /// <summary>Recognises a table.</summary>
    /// <param name="open">Opens its content; called once more for each pass.</param>
    /// <param name="symbol">The symbol when the table names none.</param>
    /// <exception cref="FormatException">It is none, or can be read in two ways; the message says what to say.</exception>
    public CsvDialect Recognise(Func<Stream> open, string symbol)
    {
        var sample = Sample(open, out var separator);
        if (sample.Count == 0)
        {
            throw new FormatException("the file is empty");
        }

        var (name, rows, header, parts) = new CsvLayouts(settings).Of(sample, symbol);
        var columns = parts[0].Columns;
        var data = sample[rows..];
        var numbers = settings.Numbers ?? Numbers(data, parts, separator);
        var dates = settings.Dates != DateOrder.Unknown ? settings.Dates : Dates(open, separator, rows, columns);
        var isLean = name == "Lean" && data.All(r => r.Length < 5 || r[1..5].All(p => !p.Contains('.', StringComparison.Ordinal)));
        new CsvDateChecks(settings, columns, dates).Look(data);
        return new(name, separator, rows, header, parts, numbers, dates, isLean ? LeanUnit : 1);
    }

    /// <summary>Options for a reader that leaves the header to us.</summary>
    public static CsvReaderOptions Options(char? separator = null) => new()
    {
        TrackLineNumbers = true, HasHeader = false, FieldCountMismatch = CsvFieldCountHandling.Allow, Separator = separator, MaxRecordSize = 1 << 20,
    };

    private static NumberStyle Numbers(List<string[]> data, CsvPart[] parts, char separator)
    {
        var evidence = new NumberEvidence();
        foreach (var row in data)
        {
            foreach (var part in parts)
            {
                foreach (var column in (BarColumn[])[BarColumn.Open, BarColumn.High, BarColumn.Low, BarColumn.Close, BarColumn.AdjClose, BarColumn.Volume])
                {
                    if (part.Columns.Has(column) && part.Columns[column] < row.Length)
                    {
                        evidence.Add(row[part.Columns[column]]);
                    }
                }
            }
        }

        return evidence.Decide(commaIsLikely: separator == ';');
    }

    // one date may tell for all, wherever it stands: only then the whole file is read twice
    private static DateOrder Dates(Func<Stream> open, char separator, int rows, ColumnMap columns)
    {
        var evidence = new DateEvidence();
        var isOrdered = false;
        using var stream = open();
        using var csv = CsvReader.Create(stream, Options(separator), leaveOpen: true);
        for (var row = 0; csv.Read() && (isOrdered || row < Sampled); row++)
        {
            if (row >= rows && columns[BarColumn.Ts] < csv.FieldCount)
            {
                var field = csv.GetSpan(columns[BarColumn.Ts]);
                isOrdered |= DateText.TrySplit(field, out _, out _, out _, out _, out var mark) && mark != '.';
                evidence.Add(field);
            }
        }

        return isOrdered || evidence.HasMonthFirst ? evidence.Decide() : DateOrder.Unknown;
    }

    private static List<string[]> Sample(Func<Stream> open, out char separator)
    {
        using var stream = open();
        using var csv = CsvReader.Create(stream, Options(), leaveOpen: true);
        var rows = new List<string[]>();
        while (rows.Count < Sampled && csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        separator = csv.Separator;
        return rows;
    }
}
