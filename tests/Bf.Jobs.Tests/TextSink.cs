using Bf.Jobs.Query;

namespace Bf.Jobs.Tests;

/// <summary>Keeps the rows of a query, values parted by a bar.</summary>
internal sealed class TextSink : IRowSink
{
    private string[] _row = [];

    public IReadOnlyList<string> Names { get; private set; } = [];

    public IReadOnlyList<CellKind> Kinds { get; private set; } = [];

    public List<string> Rows { get; } = [];

    public long? Ended { get; private set; }

    public void Begin(IReadOnlyList<string> names, IReadOnlyList<CellKind> kinds) => (Names, Kinds, _row) = (names, kinds, new string[names.Count]);

    public void Cell(int column, string? text) => _row[column] = text ?? "?";

    public void EndRow() => Rows.Add(string.Join('|', _row));

    public void End(long rows) => Ended = rows;
}
