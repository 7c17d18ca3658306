using System.Globalization;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Streaming.Checkpoints;

/// <summary>
/// The table <c>checkpoints</c>: a row a partition of a stream, and one of the sums. The offset and the epoch of each partition stand in the
/// <c>txn</c> actions of the commit that keeps it: both are there, or neither.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="stream">The stream's name: topic, interval, universes and what else the results rest on.</param>
/// <param name="run">The run that keeps.</param>
internal sealed class CheckpointTable(DataLake lake, string stream, string run) : ICheckpoints
{
    private const int Sums = -1;

    // A reader that has just opened a version finds its files a little longer.
    private const int CommitsUntilDeleted = 4;

    private const int CommitsUntilForgotten = 1000;

    private readonly DeltaTable _table = lake.Table(Tables.Checkpoints);
    private readonly Queue<List<string>> _superseded = [];
    private readonly Lock _gate = new();

    /// <summary>A name for the members of the stream that keep in this lake: another lake's count for themselves.</summary>
    public string Group()
    {
        var snapshot = _table.Update(s => s.Exists ? null : new Change("CREATE TABLE"));
        return $"bf-{snapshot.MetaData!.Id[..8]}-{Fingerprint.OfText(stream):x}";
    }

    public IReadOnlyList<KeptPartition> Claim(IReadOnlyList<int> partitions)
    {
        lock (_gate)
        {
            Dictionary<int, long> epochs = [];
            var snapshot = _table.Update(s =>
            {
                epochs = partitions.ToDictionary(p => p, p => (s.TxnOf(Epoch(p)) ?? 0) + 1);
                var change = new Change("WRITE");
                change.Txns.AddRange(partitions.Select(p => new Txn { AppId = Epoch(p), Version = epochs[p] }));
                return change;
            });
            var rows = Rows(snapshot, partitions);
            return [.. partitions.Select(p => Kept(p, epochs[p], snapshot.TxnOf(Offset(p)) ?? 0, rows))];
        }
    }

    public void Keep(IReadOnlyList<KeptPartition> partitions)
    {
        Write(
            [.. partitions.Select(p => (p.Partition, p))],
            [.. partitions.Select(p => new Txn { AppId = Offset(p.Partition), Version = p.Next })],
            partitions.ToDictionary(p => p.Partition, p => p.Epoch));
    }

    public bool Owns(int partition, long epoch)
    {
        lock (_gate)
        {
            return _table.Load().TxnOf(Epoch(partition)) == epoch;
        }
    }

    public KeptSums LoadSums()
    {
        lock (_gate)
        {
            var snapshot = _table.Load();
            var firm = snapshot.TxnOf(Firm) ?? long.MinValue;
            return new(firm, firm == long.MinValue ? null : Rows(snapshot, [Sums]).GetValueOrDefault(Sums));
        }
    }

    public void KeepSums(long epoch, KeptSums sums) =>
        Write([(Sums, new(Sums, epoch, 0, sums.Data))], [new Txn { AppId = Firm, Version = sums.Firm }], new() { [0] = epoch });

    /// <summary>Notes something of the topic that must not change while it is read on from the offsets that are kept.</summary>
    /// <param name="what">Its name.</param>
    /// <param name="value">Its value; 0 where it is not known.</param>
    /// <returns>False where it was another before.</returns>
    public bool Recognize(string what, long value)
    {
        lock (_gate)
        {
            var name = $"bf:stream:{stream}:{what}";
            var known = _table.Load().TxnOf(name) ?? 0;
            if (known == 0 && value != 0)
            {
                _table.Update(_ => new Change("WRITE") { Txns = { new Txn { AppId = name, Version = value } } });
            }

            return known == 0 || value == 0 || known == value;
        }
    }

    /// <summary>Forgets how far the stream had come: it begins at the topic's beginning.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _table.Update(snapshot =>
            {
                var change = new Change("WRITE");
                change.Txns.AddRange(snapshot.Txns.Where(t => t.AppId.StartsWith($"bf:stream:{stream}:", StringComparison.Ordinal)).Select(t => t with
                {
                    Version = t.AppId.EndsWith(":epoch", StringComparison.Ordinal) ? t.Version + 1 : t.AppId == Firm ? long.MinValue : 0,
                }));
                return change.Txns.Count == 0 ? null : change;
            });
        }
    }

    private string Firm => $"bf:stream:{stream}:firm";

    private string Offset(int partition) => string.Create(CultureInfo.InvariantCulture, $"bf:stream:{stream}:{partition}:offset");

    private string Epoch(int partition) => string.Create(CultureInfo.InvariantCulture, $"bf:stream:{stream}:{partition}:epoch");

    private static KeptPartition Kept(int partition, long epoch, long next, Dictionary<int, byte[]> rows) =>
        new(partition, epoch, next, next == 0 ? null : rows.GetValueOrDefault(partition));

    private void Write(IReadOnlyList<(int Partition, KeptPartition Kept)> rows, IReadOnlyList<Txn> txns, Dictionary<int, long> epochs)
    {
        lock (_gate)
        {
            using var connection = DuckDatabase.Connect();
            connection.Execute($"DROP TABLE IF EXISTS kept; {Tables.Checkpoints.CreateTemporary("kept")}");
            using (var appender = connection.Append("kept", [.. Tables.Checkpoints.Columns.Select(c => c.DuckType)]))
            {
                foreach (var (partition, kept) in rows)
                {
                    Append(appender, partition, kept);
                }

                appender.Complete();
            }

            var before = _table.Seen();
            var numbers = string.Join(", ", rows.Select(r => r.Partition));
            ResultCommit.Write(_table, connection, "kept", new(
                new($"stream = {DuckConnection.Quote(stream)} AND partition IN ({numbers})", _ => false), txns, Stands));
            Tidy(before, _table.Seen());
        }

        Standing Stands(Snapshot snapshot)
        {
            foreach (var (partition, epoch) in epochs)
            {
                if (snapshot.TxnOf(Epoch(partition)) != epoch)
                {
                    throw new PartitionLostException(partition);
                }
            }

            return Standing.Before;
        }
    }

    private void Append(DuckAppender rows, int partition, KeptPartition kept)
    {
        var column = 0;
        rows.Set(column++, stream);
        rows.Set(column++, partition);
        rows.Set(column++, kept.Epoch);
        rows.Set(column++, kept.Next);
        if (kept.Clock is { } clock)
        {
            rows.Set(column++, clock);
        }
        else
        {
            rows.SetNull(column++);
        }

        rows.Set(column++, kept.Symbols);
        rows.Set(column++, kept.Bars);
        rows.Set(column++, kept.Data);
        rows.Set(column, run);
        rows.EndRow();
    }

    private Dictionary<int, byte[]> Rows(Snapshot snapshot, IReadOnlyList<int> partitions)
    {
        var rows = new Dictionary<int, byte[]>();
        if (snapshot.Files.Count == 0)
        {
            return rows;
        }

        using var connection = DuckDatabase.Connect();
        using var found = connection.Query($"SELECT partition, data FROM {_table.Relation(snapshot)} WHERE stream = {DuckConnection.Quote(stream)} AND partition IN ({string.Join(", ", partitions)})");
        while (found.Next())
        {
            for (var i = 0; i < found.Rows; i++)
            {
                rows[found.Column<int>(0)[i]] = found.Bytes(1, i).ToArray();
            }
        }

        return rows;
    }

    /// <summary>Deletes files that were replaced some commits ago: a stream that runs for a month makes many, and nobody goes back to them.</summary>
    private void Tidy(Snapshot before, Snapshot now)
    {
        _superseded.Enqueue([.. before.Files.Where(f => !now.Has(f)).Select(f => f.Path)]);
        if (_superseded.Count > CommitsUntilDeleted)
        {
            foreach (var path in _superseded.Dequeue())
            {
                lake.Store.Delete(DataPath.Resolve(Tables.Checkpoints.Name, path));
            }
        }

        if (now.Version % CommitsUntilForgotten == 0)
        {
            OldVersions.Remove(lake, Tables.Checkpoints.Name);
        }
    }
}
