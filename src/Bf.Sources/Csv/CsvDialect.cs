namespace Bf.Sources.Csv;

/// <summary>How one text table is written, as recognised from its header and content.</summary>
/// <param name="Name">The dialect's name, such as Yahoo or Stooq.</param>
/// <param name="Separator">What stands between fields.</param>
/// <param name="HeaderRows">Records before the first bar.</param>
/// <param name="Header">The header's names; empty without header.</param>
/// <param name="Parts">Where the columns are: once, or once a symbol in a table that has the symbols side by side.</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="Dates">The order of dates that don't begin with the year.</param>
/// <param name="PriceUnit">What a price is divided by.</param>
public sealed record CsvDialect(
    string Name, char Separator, int HeaderRows, IReadOnlyList<string> Header, IReadOnlyList<CsvPart> Parts, NumberStyle Numbers, DateOrder Dates, double PriceUnit)
{
    /// <summary>Whether rows have an adjusted close.</summary>
    public bool IsAdjusted => Parts[0].Columns.Has(BarColumn.AdjClose);

    /// <summary>The dialect in words, as far as it differs from plain CSV.</summary>
    public string Describe()
    {
        var words = new List<string> { Name };
        words.Add(Separator switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", '|' => "vertical bars", var c => $"'{c}'" } + " between fields");
        words.AddRange(Numbers switch { NumberStyle.Comma => ["decimal commas"], NumberStyle.Point => ["decimal points"], _ => [] });
        words.AddRange(Dates switch { DateOrder.MonthFirst => ["month first"], DateOrder.DayFirst => ["day first"], _ => [] });
        words.AddRange(PriceUnit != 1 ? [$"prices x {PriceUnit:0}"] : []);
        words.AddRange(Parts.Count > 1 ? [$"{Parts.Count} symbols side by side"] : []);
        return string.Join(", ", words);
    }

    /// <summary>Which column of the file is taken for which of ours.</summary>
    public string DescribeColumns() => Parts[0].Columns.Describe(Header);
}

/// <summary>The columns of one symbol, or of all.</summary>
/// <param name="Columns">Where they are.</param>
/// <param name="Symbol">The symbol that the header or the file's name gives; null when a column does.</param>
public sealed record CsvPart(ColumnMap Columns, string? Symbol);
