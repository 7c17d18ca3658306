namespace Bf.Jobs.Lake.DuckDb;

/// <summary>Reads a result row by row, columns by name: for small tables.</summary>
internal sealed class RowReader(DuckResult result) : IDisposable
{
    private readonly Dictionary<string, int> _columns = result.Names.Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
    private int _row = -1;

    /// <summary>Goes on to the next row; false after the last.</summary>
    public bool Next() => ++_row < result.Rows || ((_row = 0) == 0 && result.Next());

    public string? Text(string column) => result.TextOrNull(_columns[column], _row);

    public double? Real(string column) => Value<double>(column);

    public long? Long(string column) => Value<long>(column);

    public int? Int(string column) => Value<int>(column);

    /// <inheritdoc/>
    public void Dispose() => result.Dispose();

    private T? Value<T>(string column)
        where T : unmanaged => result.IsNull(_columns[column], _row) ? null : result.Column<T>(_columns[column])[_row];
}
