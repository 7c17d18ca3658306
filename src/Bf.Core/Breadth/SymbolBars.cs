namespace Bf.Core.Breadth;

/// <summary>The bars of one symbol that a scan has collected so far, column by column. Reused from symbol to symbol.</summary>
/// <param name="further">The number of columns of prices beside the adjusted close.</param>
public sealed class SymbolBars(int further)
{
    private readonly double[][] _further = [.. Enumerable.Range(0, further).Select(_ => new double[1024])];
    private long[] _ts = new long[1024];
    private double[] _adjClose = new double[1024];
    private long[] _volume = new long[1024];
    private bool _sorted = true;

    /// <summary>How many bars there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds rows that follow each other in a chunk.</summary>
    public void Append(ReadOnlySpan<long> ts, ReadOnlySpan<double> adjClose, ReadOnlySpan<long> volume)
    {
        if (Count + ts.Length > _ts.Length)
        {
            var size = Math.Max(Count + ts.Length, _ts.Length * 2);
            Array.Resize(ref _ts, size);
            Array.Resize(ref _adjClose, size);
            Array.Resize(ref _volume, size);
            for (var i = 0; i < _further.Length; i++)
            {
                Array.Resize(ref _further[i], size);
            }
        }

        // whether the rows of one chunk ascend is the kernel's to check; here only where two of them meet
        _sorted &= Count == 0 || _ts[Count - 1] < ts[0];
        ts.CopyTo(_ts.AsSpan(Count));
        adjClose.CopyTo(_adjClose.AsSpan(Count));
        volume.CopyTo(_volume.AsSpan(Count));
        Count += ts.Length;
    }

    /// <summary>Adds the prices of a further column for the rows just added.</summary>
    public void AppendFurther(int column, ReadOnlySpan<double> prices) => prices.CopyTo(_further[column].AsSpan(Count - prices.Length));

    /// <summary>The times, ascending.</summary>
    public ReadOnlySpan<long> Ts => _ts.AsSpan(0, Count);

    /// <summary>The adjusted closes.</summary>
    public ReadOnlySpan<double> AdjClose => _adjClose.AsSpan(0, Count);

    /// <summary>The volumes.</summary>
    public ReadOnlySpan<long> Volume => _volume.AsSpan(0, Count);

    /// <summary>The prices of a further column; empty where there is none.</summary>
    public ReadOnlySpan<double> Further(int column) => column < 0 ? [] : _further[column].AsSpan(0, Count);

    /// <summary>Brings the bars into order of time: files may hold a symbol's years in any order.</summary>
    public void Sort()
    {
        if (_sorted && IsAscending())
        {
            return;
        }

        var order = Enumerable.Range(0, Count).OrderBy(i => _ts[i]).ToArray();
        _ts = Reorder(_ts, order);
        _adjClose = Reorder(_adjClose, order);
        _volume = Reorder(_volume, order);
        for (var i = 0; i < _further.Length; i++)
        {
            _further[i] = Reorder(_further[i], order);
        }

        _sorted = true;
    }

    /// <summary>Forgets all bars.</summary>
    public void Clear() => (Count, _sorted) = (0, true);

    private bool IsAscending()
    {
        for (var i = 1; i < Count; i++)
        {
            if (_ts[i - 1] >= _ts[i])
            {
                return false;
            }
        }

        return true;
    }

    private static T[] Reorder<T>(T[] values, int[] order)
    {
        var sorted = new T[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            sorted[i] = values[order[i]];
        }

        return sorted;
    }
}
