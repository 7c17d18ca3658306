using System.Text;

namespace Bf.Jobs.Lake.DuckDb;

/// <summary>Adds rows to a table, a row at a time into column vectors that are handed over 2,048 rows at once.</summary>
internal sealed unsafe class DuckAppender : IDisposable
{
    private const int ChunkRows = 2048;
    private readonly nint[] _vectors;
    private readonly void*[] _data;
    private readonly Native.TypeId[] _types;
    private nint _appender;
    private nint _chunk;
    private int _row;

    public DuckAppender(nint connection, string table, Native.TypeId[] types)
    {
        if (Native.AppenderCreate(connection, null, table, out _appender) != 0)
        {
            var message = Native.Text(Native.AppenderError(_appender));
            Native.AppenderDestroy(ref _appender);
            throw new DuckException(message);
        }

        _types = types;
        _vectors = new nint[types.Length];
        _data = new void*[types.Length];
        var logical = stackalloc nint[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            logical[i] = Native.CreateLogicalType(types[i]);
        }

        _chunk = Native.CreateDataChunk(logical, (ulong)types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            Native.DestroyLogicalType(ref logical[i]);
        }

        TakeVectors();
    }

    /// <summary>Sets a fixed-size value of the present row.</summary>
    public void Set<T>(int column, T value)
        where T : unmanaged => ((T*)_data[column])[_row] = value;

    /// <summary>Sets a text of the present row.</summary>
    public void Set(int column, string? text)
    {
        if (text is null)
        {
            SetNull(column);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        Span<byte> buffer = bytes <= 512 ? stackalloc byte[bytes] : new byte[bytes];
        Encoding.UTF8.GetBytes(text, buffer);
        Set(column, buffer);
    }

    /// <summary>Sets the bytes of a text or blob of the present row.</summary>
    public void Set(int column, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= InlineText.Most)
        {
            ((InlineText*)_data[column])[_row] = InlineText.Of(bytes);
            return;
        }

        fixed (byte* p = bytes)
        {
            Native.AssignString(_vectors[column], (ulong)_row, p, (ulong)bytes.Length);
        }
    }

    /// <summary>Sets a text or blob of the present row and those after it.</summary>
    public void Set(int column, ReadOnlySpan<byte> bytes, int rows)
    {
        if (bytes.Length <= InlineText.Most)
        {
            new Span<InlineText>((InlineText*)_data[column] + _row, rows).Fill(InlineText.Of(bytes));
            return;
        }

        fixed (byte* p = bytes)
        {
            for (var i = 0; i < rows; i++)
            {
                Native.AssignString(_vectors[column], (ulong)(_row + i), p, (ulong)bytes.Length);
            }
        }
    }

    /// <summary>Sets a double of the present row; NaN is stored as NULL, since undefined is never a number.</summary>
    public void SetOrNull(int column, double value)
    {
        if (double.IsFinite(value))
        {
            Set(column, value);
        }
        else
        {
            SetNull(column);
        }
    }

    /// <summary>Sets NULL in the present row.</summary>
    public void SetNull(int column) => Clear(Validity(column), _row);

    /// <summary>The rows that there is room for before the column vectors are handed over: so many of a column may be set at once.</summary>
    public int Room => ChunkRows - _row;

    /// <summary>Sets integers from the present row on; NULL where they are not known, if flags say where.</summary>
    public void Set(int column, ReadOnlySpan<long> values, ReadOnlySpan<bool> known)
    {
        values.CopyTo(new Span<long>((long*)_data[column] + _row, values.Length));
        var valid = known.Contains(false) ? Validity(column) : null;
        for (var i = 0; valid is not null && i < known.Length; i++)
        {
            if (!known[i])
            {
                Clear(valid, _row + i);
            }
        }
    }

    /// <summary>Sets doubles from the present row on; NaN is stored as NULL.</summary>
    public void SetOrNull(int column, ReadOnlySpan<double> values)
    {
        values.CopyTo(new Span<double>((double*)_data[column] + _row, values.Length));
        ulong* valid = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                Clear(valid is null ? valid = Validity(column) : valid, _row + i);
            }
        }
    }

    /// <summary>Ends the present row, and those after it that were set with it.</summary>
    public void EndRow(int rows = 1)
    {
        _row += rows;
        if (_row == ChunkRows)
        {
            Hand();
        }
    }

    /// <summary>Hands the last rows over.</summary>
    public void Complete()
    {
        if (_row > 0)
        {
            Hand();
        }

        Check(Native.AppenderClose(_appender));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_chunk != 0)
        {
            Native.DestroyDataChunk(ref _chunk);
        }

        if (_appender != 0)
        {
            _ = Native.AppenderDestroy(ref _appender);
        }
    }

    private static void Clear(ulong* validity, int row) => validity[row >> 6] &= ~(1UL << (row & 63));

    private ulong* Validity(int column)
    {
        Native.EnsureValidityWritable(_vectors[column]);
        return Native.VectorValidity(_vectors[column]);
    }

    private void Hand()
    {
        Native.SetChunkSize(_chunk, (ulong)_row);
        Check(Native.AppendDataChunk(_appender, _chunk));
        Native.ResetDataChunk(_chunk);
        TakeVectors();
        _row = 0;
    }

    private void TakeVectors()
    {
        for (var i = 0; i < _types.Length; i++)
        {
            _vectors[i] = Native.ChunkVector(_chunk, (ulong)i);
            _data[i] = Native.VectorData(_vectors[i]);
        }
    }

    private void Check(int state)
    {
        if (state != 0)
        {
            throw new DuckException(Native.Text(Native.AppenderError(_appender)));
        }
    }
}
