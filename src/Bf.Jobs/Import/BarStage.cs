using Bf.Core.Market;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources;

namespace Bf.Jobs.Import;

/// <summary>
/// What an import has read and not committed yet: good bars and broken rows, in two temporary tables of one connection,
/// which spill to disk when they are large.
/// </summary>
internal sealed class BarStage : IDisposable
{
    private readonly DuckAppender _bars;
    private readonly DuckAppender _broken;
    private readonly List<string> _files = [];
    private readonly long _now;

    public BarStage(DuckConnection connection, long now)
    {
        (Connection, _now) = (connection, now);
        connection.Execute("""
            CREATE TEMP TABLE stage (symbol VARCHAR, ts TIMESTAMPTZ, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, adj_close DOUBLE, volume BIGINT, file INTEGER, line BIGINT);
            CREATE TEMP TABLE broken (file INTEGER, line BIGINT, rule VARCHAR, raw VARCHAR)
            """);
        _bars = connection.Append("stage", Native.TypeId.Varchar, Native.TypeId.TimestampTz, Native.TypeId.Double, Native.TypeId.Double, Native.TypeId.Double,
            Native.TypeId.Double, Native.TypeId.Double, Native.TypeId.BigInt, Native.TypeId.Integer, Native.TypeId.BigInt);
        _broken = connection.Append("broken", Native.TypeId.Integer, Native.TypeId.BigInt, Native.TypeId.Varchar, Native.TypeId.Varchar);
    }

    /// <summary>The connection that holds the tables.</summary>
    public DuckConnection Connection { get; }

    /// <summary>The files read, by their number in the tables.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Rows read so far, good and broken.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that say that there is no bar.</summary>
    public long Gaps { get; private set; }

    /// <summary>Bars without adjusted close, in which the close stands for it.</summary>
    public long Unadjusted { get; private set; }

    /// <summary>Begins a file.</summary>
    public void Begin(string file) => _files.Add(file);

    /// <summary>Takes a row: checks it against the rules and puts it where it belongs.</summary>
    public void Add(in BarReading row)
    {
        Rows++;
        if (row.IsGap)
        {
            Gaps++;
            return;
        }

        if ((row.Broken ?? BarRules.Broken(row.Bar, _now)) is { } rule)
        {
            _broken.Set(0, _files.Count - 1);
            _broken.Set(1, row.Line);
            _broken.Set(2, rule);
            _broken.Set(3, row.Raw ?? Describe(row.Bar));
            _broken.EndRow();
            return;
        }

        Unadjusted += row.IsUnadjusted ? 1 : 0;
        var bar = row.Bar;
        _bars.Set(0, bar.Symbol);
        _bars.Set(1, bar.Ts);
        _bars.Set(2, bar.Open);
        _bars.Set(3, bar.High);
        _bars.Set(4, bar.Low);
        _bars.Set(5, bar.Close);
        _bars.Set(6, bar.AdjClose);
        _bars.Set(7, bar.Volume);
        _bars.Set(8, _files.Count - 1);
        _bars.Set(9, row.Line);
        _bars.EndRow();
    }

    /// <summary>Ends reading: rows that agree on a key become one, rows that disagree go to the broken ones.</summary>
    public void Complete()
    {
        _bars.Complete();
        _broken.Complete();
        const string Values = "open, high, low, close, adj_close, volume";
        Connection.Execute("CREATE TEMP TABLE twice AS SELECT symbol, ts FROM stage GROUP BY ALL HAVING count(*) > 1");
        if (Connection.Scalar("SELECT count(*) FROM twice") == 0)
        {
            return;
        }

        Connection.Execute($"""
            CREATE TEMP TABLE conflicts AS SELECT symbol, ts FROM (SELECT DISTINCT symbol, ts, {Values} FROM stage SEMI JOIN twice USING (symbol, ts)) GROUP BY ALL HAVING count(*) > 1;
            INSERT INTO broken SELECT file, line, '{BarRules.Conflict}', concat_ws(',', strftime(ts, '%Y-%m-%d %H:%M:%S'), symbol, {Values}) FROM stage SEMI JOIN conflicts USING (symbol, ts);
            DELETE FROM stage WHERE (symbol, ts) IN (SELECT (symbol, ts) FROM conflicts);
            DELETE FROM stage WHERE (symbol, ts) IN (SELECT (symbol, ts) FROM twice)
                AND (file, line) NOT IN (SELECT min((file, line)) FROM stage SEMI JOIN twice USING (symbol, ts) GROUP BY symbol, ts)
            """);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bars.Dispose();
        _broken.Dispose();
    }

    private static string Describe(in Bar b) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Timestamp.Format(b.Ts)},{b.Symbol},{b.Open:R},{b.High:R},{b.Low:R},{b.Close:R},{b.AdjClose:R},{b.Volume}");
}
