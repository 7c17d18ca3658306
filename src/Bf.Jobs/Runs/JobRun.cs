using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Runs;

/// <summary>
/// One run of a job: its name stands in every row that it writes, and a row of the table <c>runs</c>, appended when it ends, says what it read.
/// </summary>
public sealed class JobRun
{
    // Many small files make a table slow to open: from so many on they are made into one.
    private const int MostFiles = 16;
    private readonly string _command;
    private readonly string _arguments;
    private readonly DateTimeOffset _started;
    private readonly JsonObject _inputs = [];

    private JobRun(DataLake lake, string command, string arguments)
    {
        (_command, _arguments, _started) = (command, arguments, lake.Clock.GetUtcNow());
        Id = $"{_started.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}";
        Lake = lake.By(new Author(Id, command, arguments));
        Log.Run = Id;
        Span.Note("bf.run.id", Id);
    }

    /// <summary>The run's name: when it began, and six random digits.</summary>
    public string Id { get; }

    /// <summary>The lake that the run writes to: its commits name the run.</summary>
    public DataLake Lake { get; }

    /// <summary>When it began, microseconds since 1970-01-01 UTC.</summary>
    public long Started => Timestamp.Of(_started);

    /// <summary>What did the work: <c>local</c>, this process, or <c>spark</c>.</summary>
    public string Engine { get; set; } = "local";

    /// <summary>Begins a run.</summary>
    public static JobRun Start(DataLake lake, string command, string arguments) => new(lake, command, arguments);

    /// <summary>Begins a run, does its work, and notes it in a lake that has runs already when the work fails or is interrupted.</summary>
    public static T Do<T>(DataLake lake, string command, string arguments, Func<JobRun, T> work)
    {
        var run = Start(lake, command, arguments);
        try
        {
            return work(run);
        }
        catch (Exception e)
        {
            if (e is ServiceDownException)
            {
                run.Lake.Store.Hurry(); // perhaps it is the lake's own store that is gone, and who waits has to be told
            }

            run.NoteFailure(e is OperationCanceledException ? "interrupted" : $"failed: {e.Message}");
            throw;
        }
    }

    /// <summary>Notes the version of a table that the run read.</summary>
    public void Read(string table, long version) => _inputs[table] = version;

    private void Measure(long rows, string outcome)
    {
        if (!Meters.IsOn)
        {
            return;
        }

        var ended = Lake.Clock.GetUtcNow();
        Instruments.RunDuration.Record((ended - _started).TotalSeconds, _command, outcome.StartsWith("done", StringComparison.Ordinal) ? "done" : outcome == "interrupted" ? outcome : "failed");
        Instruments.RunRows.Record(rows, _command);
        if (outcome == "done")
        {
            Instruments.RunLastSuccess.Record(ended.ToUnixTimeMilliseconds() / 1000d, _command);
        }
    }

    private void NoteFailure(string outcome)
    {
        try
        {
            if (Lake.Table(Tables.Runs).Load().Exists)
            {
                End(0, outcome);
            }
            else
            {
                Measure(0, outcome);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DuckException or DeltaException or JobException or ServiceDownException)
        {
            Log.Debug($"the failure could not be noted: {e.Message}"); // what failed before is what the user has to hear
        }
    }

    /// <summary>Appends the run to the table <c>runs</c>.</summary>
    public void End(long rows, string outcome = "done")
    {
        Measure(rows, outcome);
        var table = Lake.Table(Tables.Runs);
        using var connection = DuckDatabase.Connect();
        table.Update(snapshot =>
        {
            var row = string.Join(", ",
                Text(Id), Text(_command), Text(_arguments), Text(_inputs.ToJsonString()), Time(_started), Time(Lake.Clock.GetUtcNow()),
                rows.ToString(CultureInfo.InvariantCulture), Text(outcome), Text(Engine));
            var change = new Change("APPEND") { Holds = _ => true };
            change.Add.Add(table.WriteFile(connection, $"SELECT * FROM (VALUES ({row})) AS r({Tables.Runs.ColumnList})")!);
            return change;
        });
        Compaction.Tidy(table, connection, MostFiles);

        static string Text(string text) => DuckConnection.Quote(text);
        static string Time(DateTimeOffset t) => $"make_timestamptz({Timestamp.Of(t).ToString(CultureInfo.InvariantCulture)})";
    }
}
