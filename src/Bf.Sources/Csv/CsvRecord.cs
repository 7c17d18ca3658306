using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>What programs leave at the end of rows and tables: fields and rows of nothing but separators.</summary>
internal static class CsvRecord
{
    /// <summary>How many fields at a record's end are empty, of those from a place on.</summary>
    public static int EmptyAtEnd(CsvReader csv, int from = 0)
    {
        var empty = 0;
        while (csv.FieldCount - empty > from && csv.GetSpan(csv.FieldCount - empty - 1).IsEmpty)
        {
            empty++;
        }

        return empty;
    }

    /// <summary>Whether no field holds anything: ;;;;; below a spreadsheet's last row.</summary>
    public static bool IsBlank(CsvReader csv) => csv.GetSpan(0).IsEmpty && EmptyAtEnd(csv) == csv.FieldCount;

    /// <summary>Whether a record has as many fields as the header, empty ones at the end of either left aside.</summary>
    /// <param name="csv">The record.</param>
    /// <param name="fields">The header's fields.</param>
    /// <param name="named">Those up to the last that has a name.</param>
    public static bool IsWhole(CsvReader csv, int fields, int named) =>
        csv.FieldCount == fields || (named > 0 && csv.FieldCount >= named && EmptyAtEnd(csv, fields) == Math.Max(csv.FieldCount - fields, 0));
}
