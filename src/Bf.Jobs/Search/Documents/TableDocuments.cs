using System.Text.Json;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Search.Documents;

/// <summary>Rows of a table as documents.</summary>
internal sealed class TableDocuments : IDisposable
{
    private readonly SearchTable _table;
    private readonly DuckResult _rows;
    private readonly Column[] _columns;
    private readonly JsonEncodedText[] _names;
    private readonly int[] _key;
    private readonly int _time;
    private readonly DocumentText _text = new();

    /// <param name="table">The table; the rows have its columns in its order.</param>
    /// <param name="rows">The rows.</param>
    public TableDocuments(SearchTable table, DuckResult rows)
    {
        (_table, _rows, _columns) = (table, rows, table.Schema.Columns);
        _names = Array.ConvertAll(_columns, c => JsonEncodedText.Encode(c.Name));
        _key = Array.ConvertAll(table.Schema.Key, PlaceOf);
        _time = table.Time is null ? -1 : PlaceOf(table.Time);
    }

    /// <summary>The document of a row of the present chunk.</summary>
    public SearchDocument Of(int row)
    {
        _text.Begin();
        for (var c = 0; c < _columns.Length; c++)
        {
            if (!_rows.IsNull(c, row))
            {
                Write(c, row);
            }
        }

        long? ts = _time < 0 || _rows.IsNull(_time, row) ? null : _rows.Column<long>(_time)[row];
        return new(SearchTable.IndexOf(_table.Alias, ts), SearchTable.Id(Array.ConvertAll(_key, k => KeyText(k, row))), _text.End());
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private void Write(int column, int row)
    {
        var (json, name) = (_text.Json, _names[column]);
        switch (_columns[column].Type)
        {
            case ColumnType.Text:
                json.WriteString(name, _rows.Bytes(column, row));
                break;
            case ColumnType.Long:
                json.WriteNumber(name, _rows.Column<long>(column)[row]);
                break;
            case ColumnType.Int:
                json.WriteNumber(name, _rows.Column<int>(column)[row]);
                break;
            case ColumnType.Double:
                DocumentText.Real(json, name, _rows.Column<double>(column)[row]);
                break;
            case ColumnType.Timestamp:
                json.WriteString(name, SearchTable.Text(_rows.Column<long>(column)[row]));
                break;
            default:
                break; // others may have given the table a column of a type that is none of ours
        }
    }

    private string KeyText(int column, int row) => _rows.IsNull(column, row) ? "" : _columns[column].Type switch
    {
        ColumnType.Timestamp => SearchTable.Text(_rows.Column<long>(column)[row]),
        ColumnType.Long => _rows.Column<long>(column)[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => _rows.Text(column, row),
    };

    private int PlaceOf(string column) => Array.FindIndex(_columns, c => c.Name == column);
}
