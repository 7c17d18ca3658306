using System.Text.RegularExpressions;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Query;

/// <summary><c>bf query</c>: SQL over the lake's tables by name, read-only.</summary>
public static partial class QueryJob
{
    /// <summary>Runs one SELECT and hands its rows on, exactly as they are.</summary>
    /// <param name="lake">Opens the lake, when the text names a table of it.</param>
    /// <param name="sql">One statement that only reads.</param>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="cancel">Ends the query.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="JobException">The text is refused or fails; the message is DuckDB's, with a hint.</exception>
    public static long Run(Func<DataLake> lake, string sql, IRowSink sink, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        try
        {
            using var connection = DuckDatabase.Connect(cancel);
            var text = new SqlViews(connection, lake).Prepare(sql);
            if (!connection.OnlyReads(text))
            {
                throw new JobException("bf query only reads: give one SELECT. To change tables use bf data import and bf signals generate");
            }

            using var rows = connection.Query(text);
            var cells = new CellReader(rows);
            sink.Begin(rows.Names, [.. cells.Kinds]);
            var count = 0L;
            while (rows.Next())
            {
                for (var i = 0; i < rows.Rows; i++, count++)
                {
                    for (var c = 0; c < rows.Names.Length; c++)
                    {
                        sink.Cell(c, cells.Text(c, i));
                    }

                    sink.EndRow();
                }
            }

            sink.End(count);
            return count;
        }
        catch (DuckException e)
        {
            throw new JobException(NoTable().Match(e.Message) is { Success: true } none
                ? $"there is no table '{none.Groups["name"].Value}'; see the lake's with: bf query \"SHOW TABLES\""
                : e.Message);
        }
    }

    // the engine's own suggestion would be one of its catalogue's tables
    [GeneratedRegex(@"^Catalog Error: Table with name (?<name>\S+) does not exist!")]
    private static partial Regex NoTable();
}
