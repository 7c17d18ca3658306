using System.Runtime.InteropServices;
using Bf.Core.Breadth;

namespace Bf.Jobs.Streaming.Combine;

/// <summary>A universe's counts by time, as far as they stand; from some time on they may be replaced.</summary>
internal sealed class TallyHistory
{
    private readonly List<long> _ts = [];
    private readonly List<long>[] _columns = [.. Enumerable.Range(0, BreadthTally.ColumnCount).Select(_ => new List<long>())];

    /// <summary>The number of times.</summary>
    public int Count => _ts.Count;

    /// <summary>Index of the first time that is not before one.</summary>
    public int IndexOf(long ts)
    {
        var at = _ts.BinarySearch(ts);
        return at < 0 ? ~at : at;
    }

    /// <summary>Forgets all times from one on.</summary>
    public void Truncate(long from)
    {
        var keep = IndexOf(from);
        CollectionsMarshal.SetCount(_ts, keep);
        foreach (var column in _columns)
        {
            CollectionsMarshal.SetCount(column, keep);
        }
    }

    /// <summary>Adds a later time; one at which no member has a bar is left out.</summary>
    public void Append(long ts, long[] counts)
    {
        if (counts[(int)TallyColumn.Bars] == 0)
        {
            return;
        }

        _ts.Add(ts);
        for (var c = 0; c < _columns.Length; c++)
        {
            _columns[c].Add(counts[c]);
        }
    }

    /// <summary>The counts, with one more time behind them where one is given.</summary>
    public BreadthTally ToTally(long? ts = null, long[]? counts = null)
    {
        var open = ts is not null && counts![(int)TallyColumn.Bars] > 0;
        return new(
            open ? [.. _ts, ts!.Value] : [.. _ts],
            [.. _columns.Select((c, i) => open ? (long[])[.. c, counts![i]] : [.. c])]);
    }

    /// <summary>Writes the counts before a time.</summary>
    public void Write(BinaryWriter writer, long before)
    {
        var count = IndexOf(before);
        writer.Write(count);
        foreach (var column in (List<long>[])[_ts, .. _columns])
        {
            writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(column)[..count]));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">The text ends too soon.</exception>
    public static TallyHistory Read(BinaryReader reader)
    {
        var history = new TallyHistory();
        var count = reader.ReadInt32();
        foreach (var column in (List<long>[])[history._ts, .. history._columns])
        {
            CollectionsMarshal.SetCount(column, count);
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(column)));
        }

        return history;
    }
}
