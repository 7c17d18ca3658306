using System.Globalization;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Search.Query;

/// <summary>A query as a condition in SQL. What is NULL, or a column that the table lacks, meets no condition, and so meets its opposite.</summary>
/// <param name="columns">The table's columns.</param>
internal sealed class SqlQuery(IReadOnlySet<string> columns)
{
    // as Elasticsearch: letters beyond ASCII keep their case
    private const string Capitals = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'";

    /// <summary>The condition.</summary>
    public string Of(QueryNode node) => node switch
    {
        AndNode { Parts.Count: 0 } => "true",
        AndNode and => $"({string.Join(" AND ", and.Parts.Select(Of))})",
        OrNode or => $"({string.Join(" OR ", or.Parts.Select(Of))})",
        NotNode not => $"(NOT {Of(not.Part)})",
        TextIs text => $"({string.Join(" OR ", text.Fields.Select(f => Text(f, text)))})",
        IsThere there => Leaf(there.Field, $"{Name(there.Field)} IS NOT NULL"),
        WholeBetween n => Between(n.Field, n.Low is { } low ? $">= {Whole(low)}" : null, n.High is { } high ? $"<= {Whole(high)}" : null),
        RealBetween n => Between(n.Field, n.Low is { } low ? $"{(n.WithLow ? ">=" : ">")} {Real(low)}" : null, n.High is { } high ? $"{(n.WithHigh ? "<=" : "<")} {Real(high)}" : null),
        TimeBetween t => Between(t.Field, t.From is { } from ? $">= {Time(from)}" : null, t.Before is { } before ? $"< {Time(before)}" : null),
        _ => throw new InvalidOperationException($"{node} was not understood before"),
    };

    private string Between(string field, string? low, string? high) =>
        Leaf(field, string.Join(" AND ", new[] { low, high }.Where(b => b is not null).Select(b => $"{Name(field)} {b}")));

    private string Text(string field, TextIs text)
    {
        var (letters, value) = ($"translate({Name(field)}, {Capitals})", Lower(text.Text));
        return Leaf(field, text.IsPattern ? $"{letters} LIKE {DuckConnection.Quote(Like(value))} ESCAPE '\\'" : $"{letters} = {DuckConnection.Quote(value)}");
    }

    private string Leaf(string field, string condition) => columns.Contains(field) ? $"coalesce({condition}, false)" : "false";

    private static string Like(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal).Replace('*', '%').Replace('?', '_');

    private static string Lower(string text) => new([.. text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c)]);

    private static string Name(string field) => DuckConnection.Name(field);

    private static string Whole(long value) => $"'{value.ToString(CultureInfo.InvariantCulture)}'::BIGINT";

    private static string Real(double value) => $"'{value.ToString("R", CultureInfo.InvariantCulture)}'::DOUBLE";

    private static string Time(long ts) => $"make_timestamptz({ts.ToString(CultureInfo.InvariantCulture)})";
}
