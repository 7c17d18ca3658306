using System.Text;

namespace Bf.Jobs.Lake.DuckDb;

/// <summary>Rows of a statement, a chunk (up to 2,048 rows) at a time.</summary>
internal sealed unsafe class DuckResult : IDisposable
{
    private readonly void*[] _data;
    private readonly ulong*[] _validity;
    private readonly Func<string, DuckException> _fail;
    private Native.Result _result;
    private nint _chunk;

    /// <param name="result">The result.</param>
    /// <param name="fail">Makes the exception of an error that comes up while rows are made.</param>
    public DuckResult(Native.Result result, Func<string, DuckException> fail)
    {
        (_result, _fail) = (result, fail);
        var count = (int)Native.ColumnCount(&result);
        Names = new string[count];
        Types = new Native.TypeId[count];
        _data = new void*[count];
        _validity = new ulong*[count];
        for (var i = 0; i < count; i++)
        {
            Names[i] = Native.Text(Native.ColumnName(&result, (ulong)i));
            Types[i] = Native.ColumnType(&result, (ulong)i);
        }
    }

    /// <summary>The columns' names.</summary>
    public string[] Names { get; }

    /// <summary>The columns' types.</summary>
    public Native.TypeId[] Types { get; }

    /// <summary>The number of rows in the present chunk.</summary>
    public int Rows { get; private set; }

    /// <summary>Goes on to the next chunk; false after the last.</summary>
    public bool Next()
    {
        DropChunk();
        _chunk = Native.FetchChunk(_result);
        if (_chunk == 0)
        {
            fixed (Native.Result* result = &_result)
            {
                var error = Native.Text(Native.ResultError(result));
                if (error.Length > 0)
                {
                    throw _fail(error);
                }
            }

            return false;
        }

        Rows = (int)Native.ChunkSize(_chunk);
        for (var i = 0; i < _data.Length; i++)
        {
            var vector = Native.ChunkVector(_chunk, (ulong)i);
            _data[i] = Native.VectorData(vector);
            _validity[i] = Native.VectorValidity(vector);
        }

        return Rows > 0;
    }

    /// <summary>The present chunk's values of a column, valid until <see cref="Next"/>.</summary>
    /// <exception cref="InvalidOperationException">The column's type has another size: vectors carry none, and a wrong guess would read foreign memory.</exception>
    public ReadOnlySpan<T> Column<T>(int column)
        where T : unmanaged
    {
        if (sizeof(T) != SizeOf(Types[column]))
        {
            throw new InvalidOperationException($"column {Names[column]} is {Types[column]}, not {typeof(T).Name}");
        }

        return new(_data[column], Rows);
    }

    /// <summary>Whether a value is NULL.</summary>
    public bool IsNull(int column, int row) => _validity[column] != null && (_validity[column][row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>Whether a column of the present chunk may hold NULL.</summary>
    public bool MayBeNull(int column) => _validity[column] != null;

    /// <summary>The bytes of a VARCHAR or BLOB value.</summary>
    public ReadOnlySpan<byte> Bytes(int column, int row)
    {
        if (Types[column] is not (Native.TypeId.Varchar or Native.TypeId.Blob))
        {
            throw new InvalidOperationException($"column {Names[column]} is {Types[column]}, not text");
        }

        return Native.Bytes((Native.StringT*)_data[column] + row);
    }

    /// <summary>A VARCHAR value.</summary>
    public string Text(int column, int row) => Encoding.UTF8.GetString(Bytes(column, row));

    /// <summary>A VARCHAR value, or null.</summary>
    public string? TextOrNull(int column, int row) => IsNull(column, row) ? null : Text(column, row);

    /// <summary>A value of type MAP(VARCHAR, MAP(VARCHAR, VARCHAR)), as COPY's RETURN_STATS gives it.</summary>
    public Dictionary<string, Dictionary<string, string>> MapOfMaps(int column, int row)
    {
        var answer = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var outer = Native.ListChild(Native.ChunkVector(_chunk, (ulong)column));
        var inner = Native.StructChild(outer, 1);
        var pairs = Native.ListChild(inner);
        foreach (var i in Range((Native.ListEntry*)_data[column] + row))
        {
            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var k in Range((Native.ListEntry*)Native.VectorData(inner) + i))
            {
                map[Element(pairs, 0, k)] = Element(pairs, 1, k);
            }

            answer[Element(outer, 0, i)] = map;
        }

        return answer;

        static IEnumerable<int> Range(Native.ListEntry* entry) => Enumerable.Range((int)entry->Offset, (int)entry->Length);
        static string Element(nint pairs, ulong part, int at) =>
            Encoding.UTF8.GetString(Native.Bytes((Native.StringT*)Native.VectorData(Native.StructChild(pairs, part)) + at));
    }

    /// <summary>The vector of a column of the present chunk, for nested types.</summary>
    public nint Vector(int column) => Native.ChunkVector(_chunk, (ulong)column);

    /// <summary>A pointer to the present chunk's values, for types that <see cref="Column{T}"/> does not know.</summary>
    public void* Raw(int column) => _data[column];

    /// <inheritdoc/>
    public void Dispose()
    {
        DropChunk();
        fixed (Native.Result* result = &_result)
        {
            Native.DestroyResult(result);
        }
    }

    private static int SizeOf(Native.TypeId type) => type switch
    {
        Native.TypeId.Boolean or Native.TypeId.TinyInt or Native.TypeId.UTinyInt => 1,
        Native.TypeId.SmallInt or Native.TypeId.USmallInt => 2,
        Native.TypeId.Integer or Native.TypeId.UInteger or Native.TypeId.Float or Native.TypeId.Date => 4,
        Native.TypeId.BigInt or Native.TypeId.UBigInt or Native.TypeId.Double or Native.TypeId.Timestamp or Native.TypeId.TimestampTz
            or Native.TypeId.TimestampS or Native.TypeId.TimestampMs or Native.TypeId.TimestampNs or Native.TypeId.Time => 8,
        Native.TypeId.HugeInt or Native.TypeId.UHugeInt or Native.TypeId.Uuid or Native.TypeId.Varchar or Native.TypeId.Blob or Native.TypeId.Interval => 16,
        _ => -1,
    };

    private void DropChunk()
    {
        if (_chunk != 0)
        {
            Native.DestroyDataChunk(ref _chunk);
            Rows = 0;
        }
    }
}
