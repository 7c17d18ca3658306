using System.Text.RegularExpressions;

namespace Bf.Jobs.Lake.DuckDb;

/// <summary>A connection to the process's DuckDB. It serves one thread at a time.</summary>
/// <remarks>Its token ends the statement that is under way.</remarks>
internal sealed unsafe partial class DuckConnection(nint handle, CancellationToken ends = default) : IDisposable
{
    // what may stand before a statement's first word
    private const string Blank = @"([\s;]|--[^\n]*(\n|$)|/\*((?!\*/)(.|\n))*\*/)*";

    private readonly List<string> _readFiles = []; // statements that name data files
    private nint _handle = handle;
    private bool _explaining;

    /// <summary>Quotes a text for SQL. DuckDB takes a statement up to its first zero byte, which a text may have all the same.</summary>
    public static string Quote(string text) => text.Contains('\0')
        ? $"({string.Join(" || chr(0) || ", text.Split('\0').Select(Quote))})"
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A file's name for SQL: one file, also where the name has what would else be a pattern.</summary>
    public static string File(string path) =>
        Quote(path.AsSpan().ContainsAny('[', '*', '?') ? PatternSigns().Replace(path, "[$0]") : path);

    /// <summary>Quotes a name for SQL.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Runs statements and forgets their result.</summary>
    public void Execute(string sql)
    {
        using var result = Query(sql);
    }

    /// <summary>Runs statements; the whole result of the last is held in memory.</summary>
    public DuckResult Query(string sql)
    {
        ends.ThrowIfCancellationRequested();
        using var stop = ends.Register(Interrupt);
        Remember(sql);
        Native.Result result;
        if (Native.Query(_handle, sql, &result) != 0)
        {
            var message = Native.Text(Native.ResultError(&result));
            Native.DestroyResult(&result);
            ends.ThrowIfCancellationRequested();
            throw Fail(message);
        }

        return new DuckResult(result, Fail);
    }

    /// <summary>Runs one SELECT whose rows are made as they are fetched: bounded memory for any number of rows.</summary>
    public DuckResult Stream(string sql)
    {
        nint pending = 0;
        Remember(sql);
        if (Native.Prepare(_handle, sql, out var statement) != 0)
        {
            var message = Native.Text(Native.PrepareError(statement));
            Native.DestroyPrepare(ref statement);
            throw Fail(message);
        }

        try
        {
            Native.Result result;
            if (Native.PendingStreaming(statement, out pending) != 0)
            {
                throw Fail(Native.Text(Native.PendingError(pending)));
            }

            if (Native.ExecutePending(pending, &result) != 0)
            {
                var message = Native.Text(Native.ResultError(&result));
                Native.DestroyResult(&result);
                throw Fail(message);
            }

            return new DuckResult(result, Fail);
        }
        finally
        {
            Native.DestroyPending(ref pending);
            Native.DestroyPrepare(ref statement);
        }
    }

    /// <summary>The first value of the first row as a whole number, for counts.</summary>
    public long Scalar(string sql)
    {
        using var result = Query(sql);
        return result.Next() && !result.IsNull(0, 0) ? result.Column<long>(0)[0] : 0;
    }

    /// <summary>The rows of a statement that gives a text and a whole number, by text.</summary>
    public SortedDictionary<string, long> CountBy(string sql)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var rows = Query(sql);
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                counts[rows.Text(0, i)] = rows.Column<long>(1)[i];
            }
        }

        return counts;
    }

    /// <summary>
    /// Whether the text is exactly one statement that only reads (SELECT and what is written as one, or EXPLAIN of such).
    /// </summary>
    /// <exception cref="DuckException">The text can't be parsed or bound.</exception>
    public bool OnlyReads(string sql)
    {
        var count = Native.ExtractStatements(_handle, sql, out var statements);
        var error = Native.Text(Native.ExtractError(statements));
        Native.DestroyExtracted(ref statements);
        if (count == 0)
        {
            throw new DuckException(error.Length > 0 ? error : "no statement");
        }

        // some statements write while they are prepared (EXPORT makes its folder): those are told by their first word
        if (count > 1 || Writes().IsMatch(sql) || Exports().IsMatch(Quoted().Replace(sql, "''")))
        {
            return false;
        }

        if (Explained().Match(sql) is { Success: true } explained)
        {
            return OnlyReads(explained.Groups["what"].Value); // EXPLAIN ANALYZE runs what it explains
        }

        if (Native.Prepare(_handle, sql, out var statement) != 0)
        {
            var message = Native.Text(Native.PrepareError(statement));
            Native.DestroyPrepare(ref statement);
            throw new DuckException(message);
        }

        const int Select = 1;
        var type = Native.StatementType(statement);
        Native.DestroyPrepare(ref statement);
        return type == Select;
    }

    [GeneratedRegex("^" + Blank + @"(ALTER|ANALYZE|ATTACH|BEGIN|CALL|CHECKPOINT|COMMENT|COMMIT|COPY|CREATE|DELETE|DETACH|DROP|EXECUTE|EXPORT|IMPORT|INSERT|INSTALL|LOAD|MERGE|PREPARE|RESET|ROLLBACK|SET|TRUNCATE|UPDATE|USE|VACUUM)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Writes();

    // wherever it stands, since a comment can hide its place
    [GeneratedRegex(@"\bEXPORT\b.*\bDATABASE\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Exports();

    [GeneratedRegex(@"'(?:[^']|'')*'|""(?:[^""]|"""")*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[\[*?]")]
    private static partial Regex PatternSigns();

    [GeneratedRegex("^" + Blank + @"EXPLAIN\b" + Blank + @"(ANALYZE\b|\([^()]*\))?(?<what>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Explained();

    /// <summary>Adds rows to a table of this connection, column by column.</summary>
    public DuckAppender Append(string table, params Native.TypeId[] types) => new(_handle, table, types);

    /// <summary>Ends the running statement with an error; may be called from another thread.</summary>
    public void Interrupt() => Native.Interrupt(_handle);

    private void Remember(string sql)
    {
        if (!_explaining && sql.Contains(".parquet'", StringComparison.Ordinal))
        {
            _readFiles.Add(sql);
        }
    }

    private DuckException Fail(string message)
    {
        if (_explaining || _handle == 0)
        {
            return new DuckException(message);
        }

        _explaining = true;
        try
        {
            return new DuckException(DamagedFile.Explain(this, _readFiles, message));
        }
        finally
        {
            _explaining = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle != 0)
        {
            Native.Disconnect(ref _handle);
        }
    }
}
