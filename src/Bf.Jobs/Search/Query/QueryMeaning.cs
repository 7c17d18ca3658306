using System.Globalization;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Search.Query;

/// <summary>What conditions mean, by the types of a table's fields.</summary>
internal sealed class QueryMeaning(QueryText query, TableSchema table)
{
    // the least double that is too large for a long
    private const double LongEnd = 9_223_372_036_854_775_808d;

    /// <summary>The query with each condition as what it means.</summary>
    /// <exception cref="FormatException">A value does not fit its field; the message points at it.</exception>
    public QueryNode Of(QueryNode node) => node switch
    {
        AndNode and => new AndNode([.. and.Parts.Select(Of)]),
        OrNode or => new OrNode([.. or.Parts.Select(Of)]),
        NotNode not => new NotNode(Of(not.Part)),
        Clause clause => Of(clause),
        _ => node,
    };

    /// <summary>The conditions of a query, in order.</summary>
    public static IEnumerable<Clause> Clauses(QueryNode node) => node switch
    {
        AndNode and => and.Parts.SelectMany(Clauses),
        OrNode or => or.Parts.SelectMany(Clauses),
        NotNode not => Clauses(not.Part),
        Clause clause => [clause],
        _ => [],
    };

    private QueryNode Of(Clause clause)
    {
        if (clause.Field is null)
        {
            var word = clause.Low!;
            return word is { Text: "*", Quoted: false } ? new AndNode([]) : new TextIs(QueryFields.WordsOf(table), word.Text, word.IsPattern);
        }

        var column = QueryFields.Find(query, table, clause.Field);
        return clause.Only is { Text: "*", Quoted: false } || (clause.Low ?? clause.High) is null ? new IsThere(column.Name) : column.Type switch
        {
            ColumnType.Timestamp => Time(column.Name, clause),
            ColumnType.Long => Whole(column.Name, clause, long.MinValue, long.MaxValue),
            ColumnType.Int => Whole(column.Name, clause, int.MinValue, int.MaxValue),
            ColumnType.Double => new RealBetween(column.Name, Number(clause.Low, column.Name), Number(clause.High, column.Name), clause.WithLow, clause.WithHigh),
            _ => clause.Only is { } only ? new TextIs([column.Name], only.Text, only.IsPattern)
                : throw query.Error((clause.Low ?? clause.High)!.At, $"{column.Name} is a text: it has values, with * for any letters, but no range"),
        };
    }

    private TimeBetween Time(string field, Clause clause)
    {
        var (low, high) = (Span(clause.Low, field), Span(clause.High, field));
        return new(field, clause.WithLow ? low?.From : low?.Before, clause.WithHigh ? high?.Before : high?.From);
    }

    private (long From, long Before)? Span(QueryWord? word, string field) => word is null ? null
        : QueryTimes.Read(word.Text) ?? throw query.Error(word.At, $"{field} is a time: write 2020-03-23, 2020-03, 2020 or 2020-03-23T14:30");

    private double? Number(QueryWord? word, string field) => word is null ? null
        : double.TryParse(word.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw query.Error(word.At, $"{field} is a number: write {field}:>0.5, {field}:[0.2 TO 0.8] or {field}:1");

    /// <summary>Between whole numbers, both among it, whatever was written.</summary>
    private WholeBetween Whole(string field, Clause clause, long least, long most)
    {
        var low = Number(clause.Low, field) is { } a ? Exact(clause.Low!) is { } one ? one + (clause.WithLow || one == long.MaxValue ? 0 : 1) : Rounded(clause.WithLow ? Math.Ceiling(a) : Math.Floor(a) + 1) : (long?)null;
        var high = Number(clause.High, field) is { } b ? Exact(clause.High!) is { } other ? other - (clause.WithHigh || other == long.MinValue ? 0 : 1) : Rounded(clause.WithHigh ? Math.Floor(b) : Math.Ceiling(b) - 1) : (long?)null;
        return low > most || high < least ? new(field, 1, 0) : new(field, low is { } l ? Math.Max(l, least) : null, high is { } h ? Math.Min(h, most) : null);
    }

    private static long? Exact(QueryWord word) => long.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long Rounded(double value) => value >= LongEnd ? long.MaxValue : value < -LongEnd ? long.MinValue : (long)value;
}
