using System.Text;
using Bf.Core.Market;

namespace Bf.Sources.Csv;

/// <summary>Refuses tables whose dates would be read as something else than they are: other lengths of bars, days of another zone.</summary>
internal sealed class CsvDateChecks(CsvSettings settings, ColumnMap columns, DateOrder order)
{
    private readonly TimeParser _times = new(Interval.Parse("1m"), order);

    /// <summary>Looks at a table's first rows.</summary>
    /// <exception cref="FormatException">They are not what they seem; the message says what to say.</exception>
    public void Look(List<string[]> data)
    {
        CheckDates(data);
        CheckInterval(data);
        CheckZone(data);
    }

    /// <summary>Whether a field is a date in one of the forms that are read.</summary>
    public static bool IsDate(string field, Interval interval) =>
        new TimeParser(interval, DateOrder.MonthFirst).TryParse(Encoding.UTF8.GetBytes(field), default, out _)
        || new TimeParser(interval, DateOrder.DayFirst).TryParse(Encoding.UTF8.GetBytes(field), default, out _);

    // a table of which no date can be read is another table than it seems
    private void CheckDates(List<string[]> data)
    {
        var dates = data.Where(r => columns[BarColumn.Ts] < r.Length && r[columns[BarColumn.Ts]].Length > 0).Select(r => r[columns[BarColumn.Ts]]).ToList();
        if (dates.Count > 1 && !dates.Exists(d => IsDate(d, settings.Interval)))
        {
            throw new FormatException($"no date can be read, as {dates[0]}; write 2024-01-02 or one of the other forms of docs/your-own-data.md"
                + (dates[0].Length == 5 && dates[0].All(char.IsAsciiDigit) ? " (it seems a spreadsheet's number of a day: format the column as a date, and save again)" : ""));
        }
    }

    // where the day begins in the east, the day in UTC is still the one before
    private void CheckZone(List<string[]> data)
    {
        const int East = 12;
        const int AlwaysEast = 22; // markets of the Americas are closed by then
        if (!settings.Interval.IsDaily || settings.Zone is not null)
        {
            return;
        }

        var days = new HashSet<DayOfWeek>();
        var (late, first) = (0, "");
        foreach (var text in data.Where(r => columns[BarColumn.Ts] < r.Length).Select(r => r[columns[BarColumn.Ts]].Trim()))
        {
            if (DateText.IsMoment(text) && _times.TryParse(Encoding.UTF8.GetBytes(text), default, out var ts)
                && DateTime.UnixEpoch.AddTicks(ts * TimeSpan.TicksPerMicrosecond) is { Hour: >= East } moment)
            {
                days.Add(moment.DayOfWeek);
                first = first.Length == 0 ? text : first;
                late += moment.Hour >= AlwaysEast ? 1 : 0;
            }
        }

        if (late > 0 || (days.Contains(DayOfWeek.Sunday) && !days.Contains(DayOfWeek.Friday)) || (days.Contains(DayOfWeek.Saturday) && !days.Contains(DayOfWeek.Thursday)))
        {
            _times.TryParse(Encoding.UTF8.GetBytes(first), default, out var ts);
            throw new FormatException($"{first} is {Timestamp.Format(ts)} UTC, which may belong to the next day at the exchange; say where the exchange is, as in --time-zone Asia/Tokyo (or UTC)");
        }
    }

    private void CheckInterval(List<string[]> data)
    {
        if (columns.Has(BarColumn.Period))
        {
            return;
        }

        if (!settings.Interval.IsDaily)
        {
            CheckTimes(data);
            return;
        }

        var seen = new Dictionary<(string Symbol, long Day), long>();
        foreach (var row in data)
        {
            string Field(BarColumn column) => columns.Has(column) && columns[column] < row.Length ? row[columns[column]] : "";
            if (_times.TryParse(Encoding.UTF8.GetBytes(Field(BarColumn.Ts)), Encoding.UTF8.GetBytes(Field(BarColumn.Time)), out var ts)
                && !seen.TryAdd((Field(BarColumn.Symbol), Math.DivRem(ts, Timestamp.Day).Quotient), ts)
                && seen[(Field(BarColumn.Symbol), Math.DivRem(ts, Timestamp.Day).Quotient)] is var other && other != ts)
            {
                throw new FormatException($"there are bars within the day ({Timestamp.Format(other)} and {Timestamp.Format(ts)}); say how long they are, as in --interval 5m");
            }
        }
    }

    // bars within the day have times: dates alone are those of days
    private void CheckTimes(List<string[]> data)
    {
        var dates = columns.Has(BarColumn.Time) ? [] : data.Where(r => columns[BarColumn.Ts] < r.Length).Select(r => r[columns[BarColumn.Ts]].Trim()).ToList();
        if (dates.Count > 1 && dates.All(d => d.Length <= "15-January-2024".Length && !d.Contains(':', StringComparison.Ordinal) && _times.TryParse(Encoding.UTF8.GetBytes(d), default, out var ts) && ts % Timestamp.Day == 0 && !DateText.IsMoment(d)))
        {
            throw new FormatException($"dates such as {dates[0]} have no time of the day, so these are no bars of {settings.Interval.Name}; import bars of days without --interval, or name the column with --map time=NAME");
        }
    }
}
