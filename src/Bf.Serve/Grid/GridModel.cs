namespace Bf.Serve.Grid;

/// <summary>What the page of a grid shows.</summary>
public sealed record GridModel
{
    /// <summary>The finding, in a line.</summary>
    public required string Headline { get; init; }

    /// <summary>What was traded, and when.</summary>
    public required string What { get; init; }

    /// <summary>What has to be said about it, a sentence or two each.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The maps.</summary>
    public required IReadOnlyList<GridMap> Maps { get; init; }

    /// <summary>The tables below the maps.</summary>
    public required IReadOnlyList<GridTable> Tables { get; init; }

    /// <summary>When and by which run it was made.</summary>
    public required string Made { get; init; }
}

/// <summary>One figure of all settings of two parameters.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Down">The parameter that goes down.</param>
/// <param name="Rows">Its values.</param>
/// <param name="Across">The parameter that goes across.</param>
/// <param name="Columns">Its values.</param>
/// <param name="Cells">Row by row; a cell that was not tried, or is undefined, is NaN.</param>
/// <param name="Percent">Whether the figures are fractions, shown as per cent.</param>
/// <param name="Decimals">Decimals shown.</param>
/// <param name="Best">The best cell.</param>
public sealed record GridMap(
    string Title, string Down, IReadOnlyList<string> Rows, string Across, IReadOnlyList<string> Columns, double[] Cells, bool Percent, int Decimals, int Best);

/// <summary>A table: the first columns are text, the rest numbers, already written out.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="TextColumns">How many columns stand to the left.</param>
/// <param name="Head">The columns' titles.</param>
/// <param name="Rows">The rows.</param>
public sealed record GridTable(string Title, int TextColumns, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);
