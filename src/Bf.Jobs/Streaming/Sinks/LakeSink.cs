using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Sinks;

/// <summary>Writes the tables that <c>bf signals generate</c> writes. What is put is gathered until it is flushed: a commit a table then.</summary>
/// <param name="lake">The lake.</param>
/// <param name="universes">The universes.</param>
/// <param name="interval">The bars' length.</param>
/// <param name="stream">The stream's name, where several processes may put its results one after the other; null for a replay within the process, which begins with the first bar of the lake.</param>
internal sealed class LakeSink(DataLake lake, IReadOnlyList<Universe> universes, Interval interval, string? stream = null) : IResultSink
{
    private readonly DeltaTable[] _tables = [lake.Table(Tables.Breadth), lake.Table(Tables.Signals), lake.Table(Tables.Thrusts)];
    private Dictionary<string, ResultBatch> _gathered = new(StringComparer.Ordinal);
    private long _from = long.MaxValue;
    private bool _allowed;
    private long _epoch;

    public string Name => "lake";

    public bool TakesProvisional => false;

    public void Begin(long from, long epoch)
    {
        _epoch = epoch;
        Forget();
    }

    public void Put(ResultBatch batch)
    {
        var results = batch.Results;
        _gathered[results.Universe.Name] = batch;
        _from = Math.Min(_from, results.Panel.Ts[results.From]);
    }

    public void Flush() => Seal()();

    public Action Seal()
    {
        var (gathered, from) = (_gathered, _from);
        Forget();
        return () =>
        {
            var began = lake.Clock.GetTimestamp();
            Commit(gathered, from);
            Tell(gathered, began);
        };
    }

    public void Dispose()
    {
    }

    private string Epoch => $"bf:stream:{stream}:results";

    /// <summary>A process that was stopped for a while must not put what it had gathered in the place of what its successor has written meanwhile.</summary>
    private Standing Stands(Snapshot snapshot) =>
        stream is null || snapshot.TxnOf(Epoch) is not { } newest || newest <= _epoch ? Standing.Before : throw new PartitionLostException(0);

    private void Commit(Dictionary<string, ResultBatch> gathered, long from)
    {
        if (gathered.Count == 0)
        {
            return;
        }

        var any = gathered.Values.First();
        CheckWhole(from);
        List<UniverseResults> results = [.. gathered.Values.Select(b => b.Results.IndexOf(from) is var at && at == b.Results.From ? b.Results : UniverseResults.Of(b.Results.Universe, b.Results.Panel.Tally, at, b.Settings))];

        // what was made from bars of the lake before is made from the stream's now: the next generate is not to go on from it
        List<Txn> txns = [.. universes.SelectMany(u => Progress.ToTxns(interval, u.Name, -1, -1))];
        long? to = stream is null ? results.Max(r => r.Panel.Ts[^1]) : null; // a replay may end before what the lake has
        if (stream is not null)
        {
            txns.Add(new() { AppId = Epoch, Version = _epoch });
        }

        var terms = new CommitTerms(Replaced.Results([.. gathered.Keys], interval, from, to), txns, Stands);
        var writer = new ResultWriter(interval, any.Settings, results, any.Run, terms);
        Threads.Run(
            () => writer.Write(_tables[0], Tables.BreadthFilled(any.Settings.Indicators), rows => rows.Breadth),
            () => writer.Write(_tables[1], Tables.Signals, rows => rows.Signals),
            () => writer.Write(_tables[2], Tables.Thrusts, rows => rows.Thrusts));
    }

    private void Tell(Dictionary<string, ResultBatch> gathered, long began)
    {
        if (!Meters.IsOn || gathered.Count == 0)
        {
            return;
        }

        Instruments.SinkRequestDuration.Record(lake.Clock.GetElapsedTime(began).TotalSeconds, Name);
        Instruments.SinkDocuments.Record(gathered.Values.Sum(b => b.Results.End - b.Results.From), Name, "written");
        SinkLatency.Record(Name, gathered.Values.Select(b => b.Since), lake.Clock);
    }

    private void Forget() => (_gathered, _from) = (new(StringComparer.Ordinal), long.MaxValue);

    /// <summary>Refuses to mix: rows that stand before the stream's first were made from other bars, and the stream's series would begin anew behind them.</summary>
    private void CheckWhole(long from)
    {
        if (_allowed || stream is null)
        {
            return;
        }

        var snapshot = _tables[0].Load();
        foreach (var universe in universes)
        {
            if (Progress.In(snapshot, interval, universe.Name).BarsVersion is null or -1 || snapshot.Files.Count == 0)
            {
                continue; // nothing, or what a stream wrote
            }

            using var connection = DuckDatabase.Connect();
            var earlier = connection.Scalar($"SELECT count(*) FROM {_tables[0].Parquet(snapshot.Files)} WHERE universe = {DuckConnection.Quote(universe.Name)} AND interval = '{interval}' AND ts < make_timestamptz({from})");
            if (earlier > 0)
            {
                throw new JobException($"{_tables[0].Place} has {earlier} rows of universe {universe.Name} before {Timestamp.Format(from)}, made by bf signals generate; the stream begins there with no history, and its values would not go on from them. Write to a lake of its own (--lake FOLDER), or replay all bars from the first");
            }
        }

        _allowed = true;
    }
}
