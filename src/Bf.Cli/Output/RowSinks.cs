using Bf.Jobs.Query;

namespace Bf.Cli;

/// <summary>Rows as CSV (RFC 4180); NULL is an empty field.</summary>
internal sealed class CsvSink(TextWriter writer) : IRowSink
{
    public void Begin(IReadOnlyList<string> names, IReadOnlyList<CellKind> kinds) => writer.WriteLine(string.Join(',', names.Select(Quote)));

    public void Cell(int column, string? text)
    {
        if (column > 0)
        {
            writer.Write(',');
        }

        // an empty text is quoted, so that it is not taken for NULL
        writer.Write(text is null ? "" : text.Length == 0 ? "\"\"" : Quote(text));
    }

    public void EndRow() => writer.WriteLine();

    public void End(long rows) => writer.Flush();

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>Rows as a JSON array of objects.</summary>
internal sealed class JsonSink(TextWriter writer) : IRowSink
{
    private string[] _names = [];
    private IReadOnlyList<CellKind> _kinds = [];
    private bool _first = true;

    public void Begin(IReadOnlyList<string> names, IReadOnlyList<CellKind> kinds)
    {
        (_names, _kinds) = ([.. names.Select(n => CellKind.Text.ToJson(n))], kinds);
        writer.Write('[');
    }

    public void Cell(int column, string? text)
    {
        writer.Write(column > 0 ? ", " : _first ? "\n  {" : ",\n  {");
        writer.Write(_names[column]);
        writer.Write(": ");
        writer.Write(_kinds[column].ToJson(text));
        _first = false;
    }

    public void EndRow() => writer.Write('}');

    public void End(long rows)
    {
        writer.WriteLine(rows > 0 ? "\n]" : "]");
        writer.Flush();
    }
}

/// <summary>Rows as an aligned table.</summary>
internal sealed class TableSink(TextWriter writer, bool quiet) : IRowSink
{
    private TextTable _table = new();
    private string?[] _row = [];

    public void Begin(IReadOnlyList<string> names, IReadOnlyList<CellKind> kinds)
    {
        _table = new TextTable([.. names]).Right([.. kinds.Index().Where(k => k.Item == CellKind.Number).Select(k => k.Index)]);
        _row = new string?[names.Count];
    }

    public void Cell(int column, string? text) => _row[column] = text;

    public void EndRow() => _table.Add([.. _row]);

    public void End(long rows)
    {
        _table.WriteTo(writer, int.MaxValue);
        if (!quiet)
        {
            writer.WriteLine($"({TextTable.Number(rows)} row{(rows == 1 ? "" : "s")})");
        }
    }
}
