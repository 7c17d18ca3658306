using System.Text.Encodings.Web;

namespace Bf.Jobs.Query;

/// <summary>What a column's values are, for those who show them.</summary>
public enum CellKind
{
    /// <summary>Text, dates and all else.</summary>
    Text,
    /// <summary>Numbers, whose text is a JSON number too.</summary>
    Number,
    /// <summary>true or false.</summary>
    Truth,
    /// <summary>Lists, structs and maps, whose text is JSON.</summary>
    Json,
}

/// <summary>Texts of cells in JSON.</summary>
public static class CellJson
{
    /// <summary>A cell's text as a JSON value; NULL and numbers that are not finite are null.</summary>
    public static string ToJson(this CellKind kind, string? text) => text is null || (kind == CellKind.Number && text is "NaN" or "Infinity" or "-Infinity")
        ? "null"
        : kind == CellKind.Text ? $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"" : text;
}

/// <summary>Takes the rows of a query one after the other.</summary>
public interface IRowSink
{
    /// <summary>Before the first row.</summary>
    void Begin(IReadOnlyList<string> names, IReadOnlyList<CellKind> kinds);

    /// <summary>A value of the present row; null is NULL.</summary>
    void Cell(int column, string? text);

    /// <summary>After a row.</summary>
    void EndRow();

    /// <summary>After the last row.</summary>
    void End(long rows);
}
