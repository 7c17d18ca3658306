namespace Bf.Jobs.Lake.DuckDb;

/// <summary>Fills an appender's rows from the first column to the last, each value by its type.</summary>
internal sealed class RowWriter(DuckAppender rows, int columns)
{
    private int _at;

    public RowWriter Add(string? text)
    {
        rows.Set(_at++, text);
        return this;
    }

    public RowWriter Add(long? number) => AddOrNull(number);

    public RowWriter Add(int? number) => AddOrNull(number);

    public RowWriter Add(double? number)
    {
        rows.SetOrNull(_at++, number ?? double.NaN);
        return this;
    }

    /// <summary>Ends the row.</summary>
    /// <exception cref="InvalidOperationException">It has another number of values than the table has columns.</exception>
    public void End()
    {
        if (_at != columns)
        {
            throw new InvalidOperationException($"{_at} values for {columns} columns");
        }

        rows.EndRow();
        _at = 0;
    }

    private RowWriter AddOrNull<T>(T? number)
        where T : unmanaged
    {
        if (number is { } value)
        {
            rows.Set(_at, value);
        }
        else
        {
            rows.SetNull(_at);
        }

        _at++;
        return this;
    }
}
