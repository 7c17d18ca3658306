using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Query;

/// <summary>Values of a result as text that keeps them exactly.</summary>
internal sealed class CellReader(DuckResult rows)
{
    /// <summary>What each column holds.</summary>
    public IEnumerable<CellKind> Kinds => rows.Types.Select(t => ValueText.Kind(t) ?? CellKind.Text);

    /// <summary>A value of the present chunk; null for NULL.</summary>
    /// <exception cref="JobException">The column is of a type without a text.</exception>
    public unsafe string? Text(int column, int row)
    {
        if (rows.IsNull(column, row))
        {
            return null;
        }

        var type = rows.Types[column];
        return ValueText.Kind(type) is null
            ? throw new JobException($"column {rows.Names[column]} is of type {type}; cast it, as in CAST({rows.Names[column]} AS VARCHAR)")
            : ValueText.Of(type, rows.Raw(column), row, rows.Vector(column));
    }
}
