using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources.Exchange;

namespace Bf.Jobs.Fetch;

/// <summary>Reads what workers left in a table, symbol by symbol, and checks that it is whole.</summary>
internal static class StagedAnswers
{
    /// <summary>What came of each symbol, in their order.</summary>
    /// <param name="table">The table.</param>
    /// <param name="asked">The symbols that the workers were to ask for.</param>
    /// <exception cref="JobException">Something was lost or changed on the way.</exception>
    public static IEnumerable<FetchOutcome> Read(ForeignTable table, IEnumerable<string> asked)
    {
        using var connection = DuckDatabase.Connect();
        using var rows = new RowReader(connection.Stream($"SELECT * FROM {table.Relation} ORDER BY symbol, seq, kind DESC"));
        var collector = new FetchCollector(asked);
        while (rows.Next())
        {
            if (Checked(() => collector.Add(Row(rows))) is { } outcome)
            {
                yield return outcome;
            }
        }

        _ = Checked<object?>(() =>
        {
            collector.End();
            return null;
        });
    }

    private static FetchRow Row(RowReader rows) => new(rows.Text("kind") ?? "", rows.Text("symbol") ?? "", rows.Long("seq") ?? -1)
    {
        Line = rows.Long("line"),
        Bar = rows.Long("ts") is { } ts
            ? new Bar("", ts, rows.Real("open") ?? double.NaN, rows.Real("high") ?? double.NaN, rows.Real("low") ?? double.NaN, rows.Real("close") ?? double.NaN, rows.Real("adj_close") ?? double.NaN, rows.Long("volume") ?? long.MinValue)
            : null,
        Flags = rows.Long("flags"),
        Rule = rows.Text("rule"),
        Text = FetchRow.Decode(rows.Text("text")),
        Gaps = rows.Long("gaps"),
        Unfinished = rows.Long("unfinished"),
        AskAgain = rows.Long("ask_again"),
        Digest = rows.Long("digest"),
    };

    private static T Checked<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (FormatException e)
        {
            throw new JobException($"{e.Message}. The rest was not committed; run it again, and if it happens again, run it with --engine local");
        }
    }
}
