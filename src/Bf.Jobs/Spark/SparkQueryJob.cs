using System.Globalization;
using System.Text;
using Bf.Core.Market;
using Bf.Jobs.Query;
using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Spark.Connect.Arrow;

namespace Bf.Jobs.Spark;

/// <summary>Runs one statement on a Spark cluster and gives its rows as they come.</summary>
public static class SparkQueryJob
{
    /// <summary>Runs <paramref name="sql"/> at <paramref name="address"/> (sc://host:port).</summary>
    /// <param name="address">The Spark Connect server.</param>
    /// <param name="sql">One statement of Spark's SQL.</param>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="progress">Is told how many of how many tasks are done.</param>
    /// <param name="cancel">Ends it, on the cluster too.</param>
    /// <exception cref="ServiceDownException">There is no such server.</exception>
    /// <exception cref="JobException">Spark refuses the statement, or it failed.</exception>
    public static void Run(string address, string sql, IRowSink sink, Action<long, long>? progress, CancellationToken cancel)
    {
        using var session = SparkSession.Open(SparkAddress.Parse(address), cancel);
        session.Set(("spark.sql.session.timeZone", "UTC"));
        var watch = new SparkWatch(w => progress?.Invoke(w.Stages.Sum(s => s.DoneTasks), w.Stages.Sum(s => s.Tasks)));
        long? rows = null;
        foreach (var batch in session.Query(sql, watch, cancel))
        {
            if (rows is null)
            {
                sink.Begin([.. batch.Columns.Select(c => c.Field.Name)], [.. batch.Columns.Select(c => Kind(c.Field.Kind))]);
            }

            Rows(batch, sink);
            rows = (rows ?? 0) + batch.Rows;
        }

        sink.End(rows ?? 0);
    }

    private static CellKind Kind(ArrowKind kind) => kind switch
    {
        ArrowKind.Boolean => CellKind.Truth,
        ArrowKind.TinyInt or ArrowKind.SmallInt or ArrowKind.Int or ArrowKind.BigInt or ArrowKind.Float or ArrowKind.Double => CellKind.Number,
        _ => CellKind.Text,
    };

    private static void Rows(ArrowBatch batch, IRowSink sink)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            for (var column = 0; column < batch.Columns.Count; column++)
            {
                sink.Cell(column, batch.IsNull(column, row) ? null : Text(batch, column, row));
            }

            sink.EndRow();
        }
    }

    private static string Text(ArrowBatch batch, int column, int row)
    {
        var c = CultureInfo.InvariantCulture;
        var kind = batch.Columns[column].Field.Kind;
        return kind switch
        {
            ArrowKind.Boolean => batch.Boolean(column, row) ? "true" : "false",
            ArrowKind.TinyInt => batch.SBytes(column)[row].ToString(c),
            ArrowKind.SmallInt => batch.Shorts(column)[row].ToString(c),
            ArrowKind.Int => batch.Ints(column)[row].ToString(c),
            ArrowKind.BigInt => batch.Longs(column)[row].ToString(c),
            ArrowKind.Float => batch.Floats(column)[row].ToString("R", c),
            ArrowKind.Double => batch.Doubles(column)[row].ToString("R", c),
            ArrowKind.Binary => "\\x" + Convert.ToHexStringLower(batch.Bytes(column, row)),
            ArrowKind.Date => Date(batch.Ints(column)[row]),
            ArrowKind.Timestamp => Time(batch.Longs(column)[row], "Z"),
            ArrowKind.TimestampNtz => Time(batch.Longs(column)[row], ""),
            _ => Encoding.UTF8.GetString(batch.Bytes(column, row)),
        };
    }

    // Spark's dates go beyond the years 1 to 9999: those are shown as the number they are
    private static string Date(int days) => days is < -719162 or > 2932896
        ? days.ToString(CultureInfo.InvariantCulture)
        : DateOnly.FromDayNumber(719162 + days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(long micros, string zone) => micros is < -62_135_596_800_000_000 or > 253_402_300_799_999_999
        ? micros.ToString(CultureInfo.InvariantCulture)
        : Timestamp.ToMoment(micros).ToString($"yyyy-MM-dd'T'HH:mm:ss{(micros % 1_000_000 == 0 ? "" : "'.'ffffff")}", CultureInfo.InvariantCulture) + zone;
}
